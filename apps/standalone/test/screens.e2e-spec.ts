import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import { DESKTOP, PHONE, Visitor } from './browser.js';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';
import { webRights, webRoutes } from './web-routes.js';

const START_MS = 420_000;

interface Lesson {
  lessonId: string;
  groupId: string;
  date: string;
}

/** Routes that nobody's right guards, and who lives in them: a guardian unless said. */
const UNGUARDED: Record<string, string> = {
  '/sign-in': 'guest',
  '/invitation': 'guest',
  // Opens only on an account with a first password.
  '/first-password': 'guest',
  '/unsubscribe/:token': 'guest',
  '/account/sessions': 'secretary',
  '/account/password': 'secretary',
  '/diary': 'student',
  '/diary/:studentId': 'guardian',
  '/diary/:studentId/marks': 'guardian',
  '/more': 'guardian',
  '/*': 'secretary',
};
const NO_SUCH_TOKEN = 'no-such-token';
/** The browser notes by itself that a made-up link was refused. */
const isExpected = (path: string, complaint: string) =>
  path.includes(NO_SUCH_TOKEN) && complaint.includes('status of 400');

/** Whoever may see a route, the first of these walks it. */
const WHO = [
  'guest',
  'regional-operator',
  'administrator',
  'deputy-head',
  'director',
  'secretary',
  'teacher',
  'homeroom-teacher',
  'group-curator',
  'guardian',
  'student',
] as const;
/** A theme changes nothing but colours: those alone are looked at anew. */
const COLOURS = ['color-contrast'];
const LOOKS = [
  [DESKTOP, 'light', undefined],
  [DESKTOP, 'dark', COLOURS],
  [PHONE, 'dark', undefined],
  [PHONE, 'light', COLOURS],
] as const;

const daysFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the screens in Chromium', () => {
  let parta: RunningParta;

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    await parta.start(START_MS);
  }, START_MS + 10_000);

  afterAll(async () => {
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  it.each(WHO)(
    'shows a %s every route of theirs, on a desktop and a phone, in both themes, without a complaint',
    async (role) => {
      const found: unknown[] = [];
      const visitor = await Visitor.open(parta.url);
      try {
        const { login, password } = role === 'guest' ? { login: '', password: '' } : parta.account(role);
        if (login) await visitor.signIn(login, password);
        for (const path of await pathsOf(role)) {
          await visitor.visit(path);
          for (const [viewport, theme, rules] of LOOKS) {
            await visitor.look(viewport, theme);
            const violations = await visitor.violations(rules);
            const overflows = await visitor.overflows();
            const complaints = visitor.complaints.splice(0).filter((one) => !isExpected(path, one));
            if (violations.length > 0 || overflows || complaints.length > 0)
              found.push({ path, width: viewport.width, theme, violations, overflows, complaints });
          }
        }
      } finally {
        await visitor.close();
      }
      expect(found).toEqual([]);
    },
    240_000,
  );

  /** The routes of the router's own table that this one walks, the first of those who may see it; and the own home. */
  async function pathsOf(who: (typeof WHO)[number]): Promise<string[]> {
    const rights = await webRights();
    const paths = who === 'guest' ? [] : ['/'];
    for (const { path, right } of webRoutes()) {
      const walker = right
        ? WHO.find((one) => rights[right]!.includes(one))
        : (UNGUARDED[path] ?? 'guardian');
      if (!walker) throw new Error(`${path}: nobody of the demo may see it`);
      if (walker === who) paths.push(await placed(path, who));
    }
    return paths;
  }

  /** The path with something of the demo in the place of its parameters. */
  async function placed(path: string, role: string): Promise<string> {
    if (path === '/*') return '/no-such-page';
    if (!path.includes(':')) return path;
    const client = new Client(parta.url);
    if (role !== 'guest') await client.signIn(parta.account(role).login, parta.account(role).password);
    const first = async (url: string, list: string, id: string): Promise<string> =>
      (await client.get<Record<string, Record<string, string>[]>>(url))[list]![0]![id]!;
    const found: Record<string, () => Promise<string>> = {
      token: () => Promise.resolve(NO_SUCH_TOKEN),
      studentId: () => first('/api/v1/me', 'children', 'studentId'),
      groupId: () => first('/api/v1/journal/journals', 'journals', 'groupId'),
      lessonId: async () => {
        const groupId = await first('/api/v1/journal/journals', 'journals', 'groupId');
        const range = `from=${daysFromNow(-60)}&to=${daysFromNow(60)}`;
        return first(`/api/v1/journal/journals/${groupId}/page?${range}`, 'lessons', 'lessonId');
      },
      classId: () => first('/api/v1/classes', 'classes', 'classId'),
      jobId: () => first('/api/exchange/v1/rosters', 'jobs', 'id'),
    };
    let place = path;
    for (const [parameter, name] of path.matchAll(/:(\w+)/g)) {
      if (!found[name!]) throw new Error(`${path}: say where the demo has a ${name}`);
      place = place.replace(parameter, await found[name!]!());
    }
    return place;
  }

  it('says at the sign-in what is wrong, and keeps the login', async () => {
    const visitor = await Visitor.open(parta.url);
    try {
      await visitor.visit('/sign-in');
      expect(await visitor.violations()).toEqual([]);
      const { page } = visitor;
      await page.getByLabel('Логин', { exact: true }).fill('nobody');
      await page.getByLabel('Пароль', { exact: true }).fill('wrong-password');
      await page.getByRole('button', { name: 'Войти', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
      expect(await page.getByLabel('Логин', { exact: true }).inputValue()).toBe('nobody');
    } finally {
      await visitor.close();
    }
  }, 60_000);

  it('brings a mark that the teacher types to the open diary of the mother, without a reload', async () => {
    const [teacher, guardian] = [parta.account('teacher'), parta.account('guardian')];
    const { lesson, studentId } = await lessonOfTheChild();
    const [atSchool, atHome] = [await Visitor.open(parta.url), await Visitor.open(parta.url, PHONE)];
    try {
      await atHome.signIn(guardian.login, guardian.password);
      await atHome.visit(`/diary/${studentId}?week=${lesson.date}`);
      const marksAtHome = () => atHome.page.locator('button', { hasText: /^5\s*\D/ }).count();
      const before = await marksAtHome();

      await atSchool.signIn(teacher.login, teacher.password);
      await atSchool.visit(`/journal/${lesson.groupId}`);
      const cell = atSchool.page.locator('[role=gridcell][tabindex="0"]').first();
      await cell.waitFor();
      await atSchool.page
        .locator(
          `[role=row]:has([role=rowheader]:has-text("${await childName()}")) [role=gridcell][data-column]:not([aria-readonly])`,
        )
        .last()
        .click();
      await atSchool.page.keyboard.press('5');
      await atSchool.page
        .getByRole('status')
        .filter({ hasText: /Сохранено \d/ })
        .waitFor({ timeout: 10_000 });

      await eventually(async () => expect(await marksAtHome()).toBe(before + 1));
      expect([...atSchool.complaints, ...atHome.complaints]).toEqual([]);
    } finally {
      await atSchool.close();
      await atHome.close();
    }
  }, 120_000);

  it('asks a family once what to hear of its children, until they want it apart', async () => {
    const { login, password } = parta.account('guardian');
    const visitor = await Visitor.open(parta.url);
    const client = await new Client(parta.url).signIn(login, password);
    const homework = async () =>
      (
        await client.get<{ children: { choices: { kind: string; email: string }[] }[] }>(
          '/api/v1/notifications/settings',
        )
      ).children.map(({ choices }) => choices.find(({ kind }) => kind === 'homework')!.email);
    try {
      await visitor.signIn(login, password);
      await visitor.visit('/account/notifications');
      const { page } = visitor;
      const ofHomework = page.getByRole('combobox', { name: /^Домашнее задание, Почта/ });
      expect(await ofHomework.count()).toBe(1);
      await ofHomework.selectOption('immediate');
      await eventually(async () => expect(await homework()).toEqual(['immediate', 'immediate']));

      await page.getByRole('button', { name: /отдельно$/ }).click();
      await eventually(async () => expect(await ofHomework.count()).toBe(2));
      await ofHomework.nth(1).selectOption('off');
      await eventually(async () => expect(await homework()).toEqual(['immediate', 'off']));
      await page.getByRole('button', { name: /^Для всех детей как/ }).click();
      await eventually(async () => expect(await homework()).toEqual(['immediate', 'immediate']));
      await eventually(async () => expect(await ofHomework.count()).toBe(1));
      expect(visitor.complaints).toEqual([]);
    } finally {
      await visitor.close();
    }
  }, 60_000);

  async function childName(): Promise<string> {
    const { login, password } = parta.account('guardian');
    const client = await new Client(parta.url).signIn(login, password);
    const { children } = await client.get<{
      children: { studentId: string; familyName: string; givenName: string }[];
    }>('/api/v1/me');
    const { studentId } = await lessonOfTheChild();
    const child = children.find((one) => one.studentId === studentId)!;
    return `${child.familyName} ${child.givenName}`;
  }

  /** The latest lesson of the demo's teacher with a child of the demo's guardian. */
  async function lessonOfTheChild(): Promise<{ lesson: Lesson; studentId: string }> {
    const as = (role: string) =>
      new Client(parta.url).signIn(parta.account(role).login, parta.account(role).password);
    const [teacher, guardian] = [await as('teacher'), await as('guardian')];
    const { children, schools } = await guardian.get<{
      children: { studentId: string }[];
      schools: { timeZone: string }[];
    }>('/api/v1/me');
    for (let daysAgo = 0; daysAgo <= 13; daysAgo += 1) {
      const date = new Intl.DateTimeFormat('en-CA', { timeZone: schools[0]!.timeZone }).format(
        Date.now() - daysAgo * 86_400_000,
      );
      const { lessons } = await teacher.get<{ lessons: Lesson[] }>(`/api/v1/journal/lessons?date=${date}`);
      for (const lesson of lessons) {
        const { list } = await teacher.get<{ list: { studentId: string }[] }>(
          `/api/v1/journal/lessons/${lesson.lessonId}`,
        );
        const child = list.find((one) => children.some(({ studentId }) => studentId === one.studentId));
        if (child) return { lesson, studentId: child.studentId };
      }
    }
    throw new Error('the demo’s teacher had no lesson with the demo’s child in two weeks');
  }
});
