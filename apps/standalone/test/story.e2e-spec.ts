import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import readExcel from 'read-excel-file/node';
import { Api } from '../src/demo/api.js';
import { subscribeFamily } from '../src/demo/family-notifications.js';
import { DESKTOP, PHONE, Visitor } from './browser.js';
import { Client } from './browser-like.js';
import { partaOfStory, type PartaOfStory } from './parta-of-story.js';

const START_MS = 420_000;
const PASSWORD = 'parta-story-2026';

interface Lesson {
  lessonId: string;
  groupId: string;
  groupTitle: string;
  date: string;
}
interface Pupil {
  studentId: string;
  name: string;
  cell: { marks: unknown[]; attendance: string | null };
}
interface Person {
  personId: string;
  schoolId: string;
  accountState: string;
  relatives: string[];
}
interface Mother {
  login: string;
  email: string;
  phone: string;
}

// What Parta is for, from the teacher's keyboard to the mother's phone.
describe('a mark reaches the family', () => {
  let parta: PartaOfStory;
  let lesson: Lesson;
  let pupils: Pupil[];
  /** place of the child in the list; the child before is absent */
  let place: number;
  let mother: Mother;
  const visitors: Visitor[] = [];

  const clientOf = (role: string) => {
    const { login, password } = parta.account(role);
    return new Client(parta.url).signIn(login, password);
  };

  beforeAll(async () => {
    parta = await partaOfStory(START_MS);
    const teacher = await clientOf('teacher');
    const { schools } = await teacher.get<{ schools: { timeZone: string }[] }>('/api/v1/me');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: schools[0]!.timeZone }).format(Date.now());
    const { lessons } = await teacher.get<{ lessons: Lesson[] }>(`/api/v1/journal/lessons?date=${today}`);
    lesson = lessons.at(-1)!;
    pupils = (await teacher.get<{ list: Pupil[] }>(`/api/v1/journal/lessons/${lesson.lessonId}`)).list;
    ({ place, mother } = await aMotherWithoutAccount());
  }, START_MS + 60_000);

  afterAll(async () => {
    for (const visitor of visitors) await visitor.close();
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  const open = async (viewport = DESKTOP): Promise<Visitor> => {
    const visitor = await Visitor.open(parta.url, viewport);
    visitors.push(visitor);
    return visitor;
  };

  /** A pupil of the lesson whose mother gets an account from the school and connects mail and SMS, as people do. */
  async function aMotherWithoutAccount(): Promise<{ place: number; mother: Mother }> {
    const administrator = new Api(parta.url);
    const { login, password } = parta.account('administrator');
    await administrator.signIn(login, password);
    for (const [index, pupil] of pupils.entries()) {
      if (index === 0 || pupil.cell.marks.length > 0 || pupils[index - 1]!.cell.attendance) continue;
      const { people } = await administrator.get<{ people: Person[] }>(
        `/api/v1/people?kind=guardian&q=${encodeURIComponent(pupil.name.split(' ')[0]!.slice(0, 5))}&pageSize=100`,
      );
      const guardian = people.find(
        (one) => one.accountState === 'none' && one.relatives.some((name) => name.includes(pupil.name)),
      );
      if (!guardian) continue;
      const opened = await administrator.post<{ login: string; initialPassword: string }>(
        `/api/v1/people/${guardian.personId}/account`,
        {},
      );
      const own = new Api(parta.url);
      await own.signIn(opened.login, opened.initialPassword);
      await own.changePassword(opened.initialPassword, PASSWORD);
      // A district has namesakes.
      const { children } = await own.get<{ children: { studentId: string }[] }>('/api/v1/me');
      if (!children.some(({ studentId }) => studentId === pupil.studentId)) continue;
      await subscribeFamily(own, parta.inboxUrl);
      const { schools } = await own.get<{
        schools: { email: { address: string | null }; sms: { address: string | null } }[];
      }>('/api/v1/notifications/settings');
      const [email, phone] = [schools[0]!.email.address, schools[0]!.sms.address];
      if (email && phone) return { place: index, mother: { login: opened.login, email, phone } };
    }
    throw new Error('no pupil of the lesson has a mother without an account');
  }

  /** Messages about the child, codes left aside. */
  const arrived = async (address: string): Promise<string[]> =>
    (await parta.received(address))
      .filter(({ subject, text }) => !/[Кк]од /.test(`${subject} ${text}`))
      .map(({ text }) => text);
  const bySms = () => arrived(mother.phone.replace('+', ''));
  const byMail = () => arrived(mother.email);

  it('from the teacher’s keyboard to the open diary, the mail and the SMS, the deputy head’s list and the printed journal', async () => {
    const child = pupils[place]!;
    const topic = 'Повторение: признаки и свойства';
    const homework = '§ 12, вопросы 1–4';

    const atHome = await open(PHONE);
    await atHome.signIn(mother.login, PASSWORD);
    await atHome.visit(`/diary/${child.studentId}?week=${lesson.date}`);
    const inDiary = (text: string | RegExp) => atHome.page.getByText(text).first();

    const atOffice = await open();
    await atOffice.signIn(parta.account('deputy-head').login, parta.account('deputy-head').password);
    const missing = atOffice.page.locator(`a[href="/journal/lessons/${lesson.lessonId}"]`);
    const lookForMissing = async (): Promise<void> => {
      await atOffice.visit(`/missing?day=${lesson.date}`);
      const coming = atOffice.page.getByRole('button', { name: 'Показать' });
      if (await coming.count()) await coming.first().click();
    };
    await lookForMissing();
    await missing.first().waitFor();

    const atSchool = await open();
    const { page } = atSchool;
    const key = (name: string) => page.keyboard.press(name);
    await atSchool.signIn(parta.account('teacher').login, parta.account('teacher').password);
    await atSchool.visit('/lessons');
    await page.locator(`a[href="/journal/lessons/${lesson.lessonId}"]`).first().focus();
    await key('Enter');
    const list = page.getByRole('grid');
    await list.waitFor();
    await atSchool.settled();
    await list.locator('[tabindex="0"]').focus();
    for (let row = 1; row < place; row += 1) await key('ArrowDown');
    // «Н» stands where the Latin Y does.
    await key('y');
    if (place === 1) await key('Home');
    await eventually(() => atRow(page, place));
    await key('4');
    await page
      .getByRole('status')
      .filter({ hasText: /Сохранено \d/ })
      .first()
      .waitFor();
    await page.getByLabel('Тема урока', { exact: true }).focus();
    await page.keyboard.type(topic);
    await page.getByLabel('Домашнее задание', { exact: true }).focus();
    await page.keyboard.type(homework);
    await key('Control+Enter');

    await inDiary(topic).waitFor();
    await inDiary(homework).waitFor();
    await atHome.page
      .locator('button', { hasText: /^4\s*\D/ })
      .first()
      .waitFor();
    await eventually(async () => expect(await bySms()).toHaveLength(1));
    await eventually(async () => expect(await byMail()).toHaveLength(1));
    expect((await bySms())[0]).toMatch(/: отметка 4 \(/);
    expect((await byMail())[0]).toContain(child.name);

    await lookForMissing();
    expect(await missing.count()).toBe(0);

    // The correction: the card of the cell, its history, a second message with both values.
    await list.locator(`[data-row="${place}"]`).click();
    await key('Enter');
    const card = page.getByRole('dialog');
    await card.getByRole('button', { name: /^Исправить/ }).click();
    await card.getByRole('radiogroup', { name: 'Отметка' }).last().getByText('5', { exact: true }).click();
    await card.getByLabel(/^Почему исправляете/).fill('Ошибка при вводе');
    await card.getByRole('button', { name: 'Сохранить исправление' }).click();
    const history = card.getByRole('region', { name: 'История' });
    await history.getByText('4 → 5').first().waitFor();
    await history.getByText(/Ошибка при вводе/).waitFor();
    await key('Escape');
    await atHome.page
      .locator('button', { hasText: /^5\s*\D/ })
      .first()
      .waitFor();
    await eventually(async () => expect(await bySms()).toHaveLength(2));
    expect((await bySms())[0]).toContain('исправлена: 4 → 5');

    // The journal on paper, opened by another library than the one that wrote it.
    await atSchool.visit(`/journal/${lesson.groupId}`);
    await page.getByRole('link', { name: 'Печать журнала' }).click();
    await page.getByRole('button', { name: 'Сделать', exact: true }).click();
    const file = page.waitForEvent('download', { timeout: 60_000 });
    await page
      .getByRole('button', { name: /^Скачать/ })
      .first()
      .click({ timeout: 60_000 });
    const cells = await cellsOf(await (await file).path());
    expect(cells).toEqual(expect.arrayContaining([topic, homework]));
    expect(cells.filter((one) => one === child.name)).not.toHaveLength(0);
    const rows = await rowsOf(await (await file).path());
    expect(rows.find((row) => row.includes(child.name))!.slice(1)).toContain('5');
    expect(rows.find((row) => row.includes(pupils[place - 1]!.name))!.slice(1)).toContain('Н');

    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 240_000);
});

async function atRow(page: Visitor['page'], row: number): Promise<void> {
  const current = await page.locator('[role=grid] [data-active]').getAttribute('data-row');
  if (current !== String(row)) throw new Error(`the cursor is at ${current}`);
}

/** Rows of all sheets, every cell as text. */
async function rowsOf(path: string): Promise<string[][]> {
  const sheets = (await readExcel(readFileSync(path))) as unknown as { data: unknown[][] }[];
  return sheets.flatMap(({ data }) => data.map((row) => row.map((cell) => String(cell ?? ''))));
}

const cellsOf = async (path: string): Promise<string[]> => (await rowsOf(path)).flat();
