import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { CHROMIUM_ARGUMENTS, findChromium } from '@parta/platform-testing';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '../../..');

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A colour on its way to another has the contrast of neither. What never ends, as a loader's turning, is not waited for. */
const TRANSITIONS_ARE_OVER = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame().then(frame);
  const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(({ finished }) => finished));
})()`;

/** Somebody at a screen of their own: a browser profile, signed in by the form. */
export class Visitor {
  /** what the page complained of in its console, and requests that failed */
  readonly complaints: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
    private readonly profile: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // Asking for a session that is not there is how a page begins; the browser logs every 401 by itself.
      if (message.type() === 'error' && !message.text().includes('401')) this.complaints.push(message.text());
    });
  }

  static async open(
    url: string,
    viewport = DESKTOP,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Visitor> {
    const profile = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-profile-`));
    const { executablePath, env } = findChromium(join(root, '.parta/cache'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: CHROMIUM_ARGUMENTS,
      env: { ...(process.env as Record<string, string>), ...env },
      viewport,
      colorScheme,
      locale: 'ru-RU',
      timezoneId: 'Asia/Yekaterinburg',
      reducedMotion: 'reduce',
    });
    return new Visitor(context, context.pages()[0] ?? (await context.newPage()), url, profile);
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.page.goto(`${this.url}/sign-in`);
    await this.page.getByLabel('Логин', { exact: true }).fill(login);
    await this.page.getByLabel('Пароль', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Войти', exact: true }).click();
    await this.page.waitForURL((target) => target.pathname !== '/sign-in');
    await this.settled();
  }

  /** Goes to a route of the application and waits until its heading is there and nothing loads any more. */
  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    await this.settled();
  }

  /** Another size of the screen, another theme, on the page as it stands. */
  async look(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.setViewportSize(viewport);
    await this.page.emulateMedia({ colorScheme });
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 20_000 });
    await this.page
      .locator('[aria-busy="true"], .mantine-Skeleton-root')
      .first()
      .waitFor({ state: 'detached', timeout: 20_000 });
  }

  /**
   * What axe finds on the page, each with its rule and places.
   * @param rules only these
   */
  async violations(rules?: readonly string[]): Promise<string[]> {
    await this.page.evaluate(TRANSITIONS_ARE_OVER);
    // Without frames of strangers there is nothing that its second, isolated page would be for.
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode(true);
    const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  }

  /** Whether the page is wider than the screen. */
  async overflows(): Promise<boolean> {
    return this.page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
    );
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
