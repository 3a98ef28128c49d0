import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM_ARGUMENTS, findChromium } from '@parta/platform-testing';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { eventually } from '../eventually.js';
import { OPERATOR } from '../platform.js';
import { pause, type Fault, type Suite } from '../suite.js';

const CACHE = fileURLToPath(new URL('../../../../.parta/cache', import.meta.url));
const TEACHER = { login: 'faults.teacher', password: 'teacher-of-faults-2026' };

let context: BrowserContext | undefined;
let profile = '';
let page: Page;
let groupId = '';

/** A teacher at a real browser types while the gateway dies again and again, and while NATS is gone. */
export const browser: Fault = {
  name: 'a browser types while gateway and NATS are gone, and is reloaded',
  async breakIt(suite) {
    try {
      await typeThroughFaults(suite);
    } catch (error) {
      const picture = `/tmp/parta-faults-${process.pid}.png`;
      await page?.screenshot({ path: picture }).catch(() => undefined);
      throw new Error(`${(error as Error).message}; the page then: ${picture}`, { cause: error });
    }
  },
  lasts: 0,
  async check({ platform, quietSchool }) {
    try {
      for (const table of ['journal.marks', 'diary.marks', 'reporting.marks']) {
        const service = table.split('.')[0]!;
        await eventually(`the browser's marks in ${table}`, async () => {
          const rows = await platform.rows<{ value: string }>(
            `select value from ${table} where school_id = $1 order by value`,
            [quietSchool.schoolId],
          );
          const values = rows.map(({ value }) => value).join('');
          return values === '2345' || platform.isStopped(service) ? null : `marks are ${values}`;
        });
      }
    } finally {
      await context?.close();
      rmSync(profile, { recursive: true, force: true });
    }
  },
};

async function typeThroughFaults(suite: Suite): Promise<void> {
  const { platform } = suite;
  await signIn(suite);
  await typeMark('5');
  await unsaved(0);
  await platform.stopNats();
  await typeMark('4');
  await typeMark('3');
  await unsaved(2);
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await platform.startNats();
  await openJournal(suite);
  await unsaved(0);
  platform.signal('gateway', 'SIGSTOP');
  await typeMark('2');
  await pause(1);
  platform.kill('gateway');
  await unsaved(0);
}

async function signIn(suite: Suite): Promise<void> {
  const { platform, quietSchool } = suite;
  const teacher = quietSchool.teachers[0]!;
  groupId = teacher.lessons[0]!.groupId;
  const { accessToken: operator } = await post<{ accessToken: string }>(suite, '/api/v1/session', OPERATOR);
  const { initialPassword } = await post<{ initialPassword: string }>(
    suite,
    `/api/v1/people/${teacher.personId}/account`,
    { login: TEACHER.login, schoolId: quietSchool.schoolId },
    operator,
  );
  const first = await post<{ accessToken: string }>(suite, '/api/v1/session', {
    login: TEACHER.login,
    password: initialPassword,
  });
  await post(
    suite,
    '/api/v1/me/password',
    { currentPassword: initialPassword, newPassword: TEACHER.password },
    first.accessToken,
  );
  profile = mkdtempSync(join(platform.folder, 'browser-'));
  const { executablePath, env } = findChromium(CACHE);
  context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: CHROMIUM_ARGUMENTS,
    env: { ...(process.env as Record<string, string>), ...env },
    viewport: { width: 1440, height: 900 },
    locale: 'ru-RU',
    timezoneId: 'UTC',
  });
  page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(60_000);
  await page.goto(`${platform.url}/sign-in`);
  await page.getByLabel('Логин', { exact: true }).fill(TEACHER.login);
  await page.getByLabel('Пароль', { exact: true }).fill(TEACHER.password);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.waitForURL((target) => target.pathname !== '/sign-in');
  await openJournal(suite);
  await lastColumn(0).click();
}

async function openJournal({ platform }: Suite): Promise<void> {
  await page.goto(`${platform.url}/journal/${groupId}`);
  await lastColumn(0).waitFor();
}

let row = 0;
const lastColumn = (at: number) =>
  page.locator(`[role=grid] [data-row="${at}"] [data-column]:not([aria-readonly])`).last();

/** Into the next pupil's cell of the last lesson. */
async function typeMark(value: string): Promise<void> {
  await lastColumn(row).click();
  await page.keyboard.press(value);
  row += 1;
}

/** Waits until the page says that so many entries are not saved. */
async function unsaved(count: number): Promise<void> {
  const sign =
    count === 0
      ? page.getByRole('status').filter({ hasText: /Сохранено \d/ })
      : page.getByText(new RegExp(`Не сохранено: ${count}`));
  await sign.first().waitFor({ timeout: 90_000 });
}

async function post<T>({ platform }: Suite, path: string, body: object, token?: string): Promise<T> {
  const answer = await fetch(`${platform.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
