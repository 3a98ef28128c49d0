import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import ExcelJS from 'exceljs';
import type { Locator, Page } from 'playwright-core';
import { DESKTOP, PHONE, Visitor } from './browser.js';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const START_MS = 420_000;
const DAY_MS = 86_400_000;

interface PageLesson {
  lessonId: string;
  date: string;
  isOpen: boolean;
  closedBecause: string | null;
}

/** What a teacher does in the journal, as it happens at the screen. */
describe('the journal in Chromium', () => {
  let parta: RunningParta;
  let teacher: Visitor;
  let page: Page;
  let groupId: string;
  let lessons: PageLesson[];

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    await parta.start(START_MS);
    const client = await clientOf('teacher');
    // A journal with at least two open lessons side by side, so that there is room to the right.
    const { journals } = await client.get<{ journals: { groupId: string; isMine: boolean }[] }>(
      '/api/v1/journal/journals',
    );
    for (const journal of journals.filter(({ isMine }) => isMine)) {
      const view = await pageOf(client, journal.groupId);
      const open = view.filter(({ isOpen }) => isOpen).length;
      if (open > (lessons?.filter(({ isOpen }) => isOpen).length ?? 0))
        [groupId, lessons] = [journal.groupId, view];
    }
    teacher = await Visitor.open(parta.url);
    page = teacher.page;
    const { login, password } = parta.account('teacher');
    await teacher.signIn(login, password);
    await teacher.visit(`/journal/${groupId}`);
  }, START_MS + 60_000);

  afterAll(async () => {
    await teacher?.close();
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  const clientOf = (role: string) => {
    const { login, password } = parta.account(role);
    return new Client(parta.url).signIn(login, password);
  };
  const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  const pageOf = async (client: Client, of: string): Promise<PageLesson[]> => {
    const view = await client.get<{ lessons: PageLesson[] }>(
      `/api/v1/journal/journals/${of}/page?from=${day(-100)}&to=${day(90)}`,
    );
    return view.lessons;
  };
  const cell = (row: number, column: number, on: Page = page): Locator =>
    on.locator(`[role=grid] [data-row="${row}"] [data-column="${column}"]`);
  const saved = (on: Page = page) =>
    on
      .getByRole('status')
      .filter({ hasText: /Сохранено \d/ })
      .first()
      .waitFor();
  const active = (): Promise<string> =>
    page.evaluate<string>(
      `(() => { const cell = document.querySelector('[role=grid] [data-active]');
        return cell.closest('[data-row]').dataset.row + ' ' + cell.dataset.column; })()`,
    );
  /** The first open column on the screen, emptied in the first rows. */
  const emptyColumn = async (rows = 5): Promise<number> => {
    await teacher.visit(`/journal/${groupId}`);
    const open = page.locator('[role=grid] [data-row="0"] [data-column]:not([aria-readonly])').last();
    const column = Number(await open.getAttribute('data-column'));
    await cell(0, column).click();
    for (let row = 1; row < rows; row += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await eventually(async () => expect(await cell(rows - 1, column).innerText()).toBe(''));
    await cell(0, column).click();
    return column;
  };
  const texts = (column: number, count: number): Promise<string[]> =>
    Promise.all(
      Array.from({ length: count }, async (_, row) =>
        (await cell(row, column).innerText()).replace(/\s/g, ''),
      ),
    );

  it('shows a thematic plan before it is taken, lets its reading be corrected, and asks before it replaces one', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Титул').addRow(['Рабочая программа']);
    const sheet = workbook.addWorksheet('КТП');
    sheet.addRows([
      ['Тематическое планирование по алгебре, 7 класс, на 2026/27 учебный год, 136 часов'],
      ['№', 'Раздел', 'Что изучаем', 'Домашнее задание', 'Контрольная'],
      [1, 'Числа', 'Обыкновенные дроби', '§ 1, № 5', ''],
      ['', '', '', '', ''],
      [2, '', 'Контрольная работа № 1', '', 'да'],
      ['Итого', '', '', '2 часа', ''],
    ]);
    const choose = async (change?: () => void) => {
      change?.();
      const content = Buffer.from(await workbook.xlsx.writeBuffer());
      await page.getByRole('button', { name: 'Загрузить из файла' }).click();
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'КТП алгебра.xlsx', mimeType: 'application/octet-stream', buffer: content });
    };
    await teacher.visit(`/journal/${groupId}/plan`);
    await choose();
    await page.getByText('Не найден столбец с темами').waitFor();
    const heading = page.getByLabel('Строка с заголовками');
    await heading.fill('1');
    await heading.blur();
    await page.getByText('Не найден столбец с темами').waitFor();
    await heading.fill('2');
    await heading.blur();
    await page.getByRole('combobox', { name: 'Столбец с темами' }).click();
    await page.getByRole('option', { name: 'C: Что изучаем' }).click();
    await page.getByText('В файле 2 урока').waitFor();
    await page.getByText('Строка 6: Итого · 2 часа').waitFor();
    await page.getByRole('button', { name: /^(Принять|Заменить) план$/ }).click();
    await page.getByText('План принят: 2 урока').waitFor();
    await page.getByRole('cell', { name: 'Обыкновенные дроби' }).waitFor();
    // Another that has a row which cannot be kept: the plan stays.
    await choose(() => {
      sheet.getCell('C2').value = 'Тема';
      sheet.getCell('C3').value = { formula: 'B3' } as never;
      workbook.removeWorksheet('Титул');
    });
    await page.getByText('Строка 3, «Тема»: в клетке ошибка').waitFor();
    expect(await page.getByRole('button', { name: 'Заменить план' }).isDisabled()).toBe(true);
    expect(await teacher.violations()).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'Закрыть', exact: true }).click();
    await page.getByRole('cell', { name: 'Обыкновенные дроби' }).waitFor();
  }, 60_000);

  it('takes marks, letters of both layouts, two marks in a cell, and takes them back', async () => {
    const column = await emptyColumn();
    await page.keyboard.press('5');
    await page.keyboard.press('4');
    // «Н» stands where the Latin Y does; both layouts send the same physical key.
    await page.keyboard.press('y');
    await page.keyboard.press('3');
    await page.keyboard.press('/');
    await page.keyboard.press('2');
    expect(await texts(column, 4)).toEqual(['5', '4', 'Н', '3/2']);
    await saved();
    await page.keyboard.press('Control+z');
    expect(await cell(3, column).innerText()).toBe('3');
    await page.keyboard.press('Control+Shift+z');
    expect(await cell(3, column).innerText()).toBe('3/2');
    await cell(0, column).click();
    await page.keyboard.press('Delete');
    expect(await cell(0, column).innerText()).toBe('');
    await saved();
    // Annulled, not forgotten: the card tells of it.
    await page.keyboard.press('Enter');
    await page.getByText('поставлено и убрано').first().waitFor();
    await page
      .getByRole('button', { name: /^Показать \d/ })
      .first()
      .click();
    await page.getByText('аннулировано 5').first().waitFor();
    await page.keyboard.press('Escape');
  }, 60_000);

  it('fills a range with one key, copies columns, and walks with Tab', async () => {
    const column = await emptyColumn();
    for (let row = 1; row < 3; row += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('4');
    expect(await texts(column, 4)).toEqual(['4', '4', '4', '']);
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '5\\nН\\n3/4\\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await eventually(async () => expect(await texts(column, 3)).toEqual(['5', 'Н4', '3/4']));
    const copied = await page.evaluate<string>(`(() => {
      const data = new DataTransfer();
      document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData('text/plain');
    })()`);
    expect(copied.split('\n')).toHaveLength(3);
    await saved();
    await cell(0, column).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await active()).toBe(`0 ${column}`);
    await page.keyboard.press('Home');
    expect(await active()).toBe('0 0');
  }, 60_000);

  it('moves on to the right when asked to', async () => {
    const column = await emptyColumn(1);
    await page.getByRole('button', { name: 'Настройки и клавиши' }).click();
    await page.getByLabel('Вправо, к следующему уроку').check();
    await page.keyboard.press('Escape');
    await cell(0, column).click();
    await page.keyboard.press('5');
    await eventually(async () =>
      expect(await active()).toBe(`0 ${Math.min(column + 1, lessons.length - 1)}`),
    );
    await page.getByRole('button', { name: 'Настройки и клавиши' }).click();
    await page.getByLabel('Вниз, к следующему ученику').check();
    await page.keyboard.press('Escape');
    await saved();
  }, 60_000);

  it('keeps what was typed without a network over a reload, and sends it then', async () => {
    const column = await emptyColumn();
    await saved();
    await page.route('**/entries', (route) => route.abort());
    await page.keyboard.press('4');
    await page.getByText(/Не сохранено: 1/).waitFor();
    await page.unroute('**/entries');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await teacher.settled();
    await saved();
    await eventually(async () => expect(await cell(0, column).innerText()).toBe('4'));
    teacher.complaints.length = 0;
  }, 60_000);

  it('keeps the keyboard out of corners: grid, topic, card, calendar, tiles', async () => {
    const focused = (what: string) => page.evaluate<unknown>(`document.activeElement?.${what}`);
    const column = await emptyColumn();
    await page.keyboard.press('5');
    await cell(0, column).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused(`closest('[role=grid]')`)).toBeNull();

    await cell(0, column).click();
    await page.keyboard.press('Enter');
    const correct = page.getByRole('button', { name: 'Исправить отметку 5' });
    await correct.click();
    await page.getByRole('button', { name: 'Отмена' }).click();
    await eventually(async () => expect(await focused(`textContent`)).toBe('Исправить'));
    await page.keyboard.press('Escape');

    await page.setViewportSize({ width: 1366, height: 650 });
    const lesson = lessons.findLast(({ isOpen }) => isOpen)!;
    await teacher.visit(`/journal/lessons/${lesson.lessonId}`);
    await page.keyboard.press('Control+h');
    await eventually(async () => expect(await focused(`dataset.topic`)).toBeDefined());

    await teacher.visit('/lessons');
    await page.getByRole('button', { name: 'Открыть календарь' }).first().click();
    const calendar = page.getByRole('dialog');
    for (const name of ['Предыдущий месяц', 'Следующий месяц'])
      // A click waits until nothing lies over the button.
      await calendar.getByRole('button', { name }).click({ timeout: 5000 });
    await page.keyboard.press('Escape');

    await page.emulateMedia({ colorScheme: 'dark' });
    await teacher.visit('/journal');
    const tile = page.getByRole('main').getByRole('link').first();
    await page.keyboard.press('Tab');
    await tile.focus();
    const ring = await page.evaluate<string>(`getComputedStyle(document.activeElement).outline`);
    expect(ring).toContain('rgb(157, 181, 242)');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESKTOP);
    teacher.complaints.length = 0;
  }, 60_000);

  it('sends what was typed without a network from whatever page comes next', async () => {
    const column = await emptyColumn();
    await saved();
    await page.route('**/entries', (route) => route.abort());
    await page.keyboard.press('5');
    await page.getByText(/Не сохранено: 1/).waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.goto(`${parta.url}/`);
    const bar = page.getByRole('status').filter({ hasText: 'Не отправлено: 1 запись' });
    await bar.waitFor();
    expect(await teacher.violations()).toEqual([]);
    // With the line still broken: once it is whole, the queue may be faster than the mouse.
    await bar.getByRole('button', { name: 'Отправить сейчас' }).click();
    await bar.waitFor();
    await page.unroute('**/entries');
    await bar.waitFor({ state: 'detached' });
    await teacher.visit(`/journal/${groupId}`);
    await eventually(async () => expect(await cell(0, column).innerText()).toBe('5'));
    teacher.complaints.length = 0;
  }, 60_000);

  it('shows what another window enters, and asks when both wrote into one cell', async () => {
    const column = await emptyColumn();
    await saved();
    const other = await Visitor.open(parta.url);
    try {
      const { login, password } = parta.account('teacher');
      await other.signIn(login, password);
      await other.visit(`/journal/${groupId}`);
      await cell(1, column, other.page).click();
      await other.page.keyboard.press('3');
      await eventually(async () => expect(await cell(1, column).innerText()).toBe('3'));
      await page.route('**/entries', (route) => route.abort());
      await page.route('**/page?*', (route) => route.abort());
      await page.keyboard.press('4');
      await page.getByText(/Не сохранено: 1/).waitFor();
      await cell(0, column, other.page).click();
      await other.page.keyboard.press('5');
      await saved(other.page);
      await page.unroute('**/entries');
      const dialog = page.getByRole('dialog', { name: 'Клетку изменил кто-то ещё' });
      await dialog.waitFor({ timeout: 30_000 });
      await page.unroute('**/page?*');
      await dialog.getByText('5', { exact: true }).waitFor();
      await dialog.getByText('отметка 4').waitFor();
      await dialog.getByRole('button', { name: 'Оставить обе' }).waitFor();
      await dialog.getByRole('button', { name: 'Внести моё' }).click();
      await saved();
      // One mark, in the place of the other; what is typed next goes into the grid.
      await eventually(async () => expect(await cell(0, column).innerText()).toBe('4'));
      await eventually(async () => expect(await cell(0, column, other.page).innerText()).toBe('4'));
      expect(await page.evaluate(`document.activeElement?.getAttribute('role')`)).toBe('gridcell');
    } finally {
      await other.close();
      teacher.complaints.length = 0;
    }
  }, 90_000);

  it('takes a topic from the plan, keeps a draft, gives homework to one pupil, and asks when somebody was faster', async () => {
    const lesson = lessons.findLast(({ isOpen }) => isOpen)!;
    await teacher.visit(`/journal/lessons/${lesson.lessonId}`);
    const topic = page.getByLabel('Тема урока');
    await topic.fill('');
    const planned = page.getByText(/^По плану: /).first();
    if ((await planned.count()) > 0) {
      const text = (await planned.innerText()).replace('По плану: ', '');
      await topic.press('ArrowDown');
      expect(await topic.inputValue()).toBe(text);
    }
    await topic.fill('Тема из черновика');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await teacher.settled();
    expect(await topic.inputValue()).toBe('Тема из черновика');
    await page.getByText('Восстановлен черновик').waitFor();

    const none = page.getByLabel('Без задания');
    if (await none.isChecked()) await none.uncheck();
    await page.getByRole('button', { name: 'Задание отдельному ученику' }).click();
    await page.getByPlaceholder('Ученик', { exact: true }).last().click();
    await page.getByRole('option').first().click();
    await page.getByPlaceholder('Задание', { exact: true }).last().fill('Карточка № 3');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page
      .getByText(/Сохранено \d/)
      .last()
      .waitFor();

    const client = await clientOf('teacher');
    const card = await client.get<{ version: number; homework: { individual: { text: string }[] } }>(
      `/api/v1/journal/lessons/${lesson.lessonId}`,
    );
    expect(card.homework.individual.map(({ text }) => text)).toContain('Карточка № 3');
    await topic.fill('Моя тема');
    await client.call('PUT', `/api/v1/journal/lessons/${lesson.lessonId}`, {
      version: card.version,
      topic: 'Чужая тема',
    });
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Урок описал кто-то ещё' });
    await dialog.getByText('Чужая тема').waitFor();
    await dialog.getByRole('button', { name: 'Записать моё' }).click();
    await page
      .getByText(/Сохранено \d/)
      .last()
      .waitFor();
    expect(await topic.inputValue()).toBe('Моя тема');
    teacher.complaints.length = 0;
  }, 90_000);

  it('is a list of pupils with a number pad on a phone, and a stroke goes to the next', async () => {
    const lesson = lessons.findLast(({ isOpen }) => isOpen)!;
    await page.setViewportSize(PHONE);
    try {
      await teacher.visit(`/journal/lessons/${lesson.lessonId}`);
      const pad = page.getByRole('group', { name: /^Отметка и пропуск: / });
      const first = await pad.getAttribute('aria-label');
      await page.evaluate(`(() => {
        const pad = document.querySelector('[role=group][aria-label^="Отметка и пропуск"]');
        const at = (x) => [new Touch({ identifier: 1, target: pad, clientX: x, clientY: 700 })];
        pad.dispatchEvent(new TouchEvent('touchstart', { touches: at(300), changedTouches: at(300), bubbles: true }));
        pad.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: at(120), bubbles: true }));
      })()`);
      await eventually(async () => expect(await pad.getAttribute('aria-label')).not.toBe(first));
      await pad.getByRole('button', { name: '5', exact: true }).click();
      await saved();
      await page.keyboard.press('Control+z');
      expect(await teacher.overflows()).toBe(false);
    } finally {
      await page.setViewportSize(DESKTOP);
    }
  }, 60_000);

  it('takes attendance of a lesson by one key or one press, and takes that back', async () => {
    await emptyColumn(1);
    const inGrid = page.getByRole('button', { name: /присутствуют$/ });
    expect(await inGrid.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('g');
    await eventually(async () => expect(await inGrid.getAttribute('aria-pressed')).toBe('true'));

    const lesson = lessons.findLast(({ isOpen }) => isOpen)!;
    await page.setViewportSize(PHONE);
    try {
      await teacher.visit(`/journal/lessons/${lesson.lessonId}`);
      const onPhone = page.getByRole('button', { name: /присутствуют$/ });
      const before = await onPhone.getAttribute('aria-pressed');
      await onPhone.click();
      await eventually(async () => expect(await onPhone.getAttribute('aria-pressed')).not.toBe(before));
      expect(await teacher.violations()).toEqual([]);
      expect(await teacher.overflows()).toBe(false);
    } finally {
      await page.setViewportSize(DESKTOP);
    }
  }, 60_000);

  it('asks from a closed column to be opened, and opens when the deputy head says so', async () => {
    const closed = lessons.findIndex((one) => one.closedBecause === 'journal.entry-window-closed');
    if (closed < 0) throw new Error('the demo’s teacher has no lesson whose entry window is over');
    const { lessonId } = lessons[closed]!;
    await teacher.visit(`/journal/lessons/${lessonId}`);
    await page.getByRole('button', { name: 'Запросить открытие' }).click();
    await page.getByLabel('Почему нужна запись').fill('Проверил(а) работы после больничного');
    await page.getByRole('button', { name: 'Отправить запрос' }).click();
    await page.getByText('Открытие запрошено').first().waitFor();

    const head = await Visitor.open(parta.url);
    try {
      const { login, password } = parta.account('deputy-head');
      await head.signIn(login, password);
      await head.page.getByRole('link', { name: 'Ответить' }).click();
      const request = head.page.getByRole('region', { name: /урок$/ }).first();
      await request.getByText('Проверил(а) работы после больничного').waitFor();
      const until = request.getByLabel('Открыть до дня включительно');
      await until.focus();
      await until.press('ArrowUp');
      await request.getByRole('button', { name: 'Открыть', exact: true }).click();
      await head.page
        .getByText(/Открыт до: /)
        .first()
        .waitFor();
      // The open lesson of the teacher takes entries now, without a reload.
      await page.getByRole('group', { name: /^Отметка и пропуск: / }).waitFor();
      expect(head.complaints).toEqual([]);
    } finally {
      await head.close();
    }
    expect(teacher.complaints).toEqual([]);
  }, 90_000);
});
