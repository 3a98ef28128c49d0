import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import { DESKTOP, PHONE, Visitor } from './browser.js';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const START_MS = 420_000;

interface Lesson {
  lessonId: string;
  groupId: string;
  date: string;
}

/** The screens that each role lives in. */
const ROUTES: [role: string, paths: string[]][] = [
  ['regional-operator', ['/', '/exchange', '/schools', '/systems', '/operations/parked-facts']],
  ['administrator', ['/', '/people', '/classes', '/account/sessions', '/account/password']],
  ['deputy-head', ['/', '/missing', '/journal', '/reports']],
  ['teacher', ['/', '/lessons', '/journal', '/reports']],
  ['homeroom-teacher', ['/', '/absences', '/classes']],
  ['group-curator', ['/', '/absences']],
  ['secretary', ['/', '/people', '/reports']],
  ['director', ['/', '/missing']],
  ['guardian', ['/', '/diary', '/more']],
  ['student', ['/', '/diary']],
];

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

  it.each(ROUTES)(
    'shows a %s the own screens, on a desktop and a phone, without a complaint of axe in either theme',
    async (role, paths) => {
      const { login, password } = parta.account(role);
      for (const [viewport, theme] of [
        [DESKTOP, 'light'],
        [PHONE, 'dark'],
      ] as const) {
        const visitor = await Visitor.open(parta.url, viewport, theme);
        try {
          await visitor.signIn(login, password);
          for (const path of paths) {
            await visitor.visit(path);
            expect({
              path,
              theme,
              violations: await visitor.violations(),
              overflows: await visitor.overflows(),
            }).toEqual({
              path,
              theme,
              violations: [],
              overflows: false,
            });
          }
          expect(visitor.complaints).toEqual([]);
        } finally {
          await visitor.close();
        }
      }
    },
    240_000,
  );

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
