import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@parta/platform-errors';
import { CalendarDate, Instant, ListOf, ListOfText, Text } from './fields.js';
import { isBlank, normalName, normalText } from './text.js';
import { parseMessage } from './validate.js';

const SHY = '\u00ad';
const ZWSP = '\u200b';
const NBSP = '\u00a0';

class Line {
  @Text({ max: 20 }) text: string;
}

class Lesson {
  @Text({ max: 20, nullable: true, optional: true }) topic?: string | null;
  @Text({ max: 20, optional: true }) title?: string;
  @Text({ max: 20, optional: true, isVerbatim: true }) password?: string;
  @CalendarDate({ optional: true }) date?: string;
  @Instant({ optional: true }) at?: string;
  @ListOf(() => Line, { max: 3, optional: true }) lines?: Line[];
  @ListOfText({ max: 3, optional: true }) words?: string[];
  @ListOfText({ max: 3, optional: true, format: 'date' }) days?: string[];
}

const refusalsOf = (plain: object, strict = true): string[] => {
  try {
    parseMessage(Lesson, plain, strict);
    return [];
  } catch (error) {
    return (error as InvalidInput).fields!.map(({ field, code }) => `${field}: ${code}`);
  }
};

describe('a text', () => {
  it.each([
    ['spaces at its ends', '  Дроби \n', 'Дроби'],
    ['a space that does not break', `${NBSP}Дроби${NBSP}`, 'Дроби'],
    ['zero-width signs', `${ZWSP}Дро${ZWSP}би\ufeff`, 'Дроби'],
    ['soft hyphens', `Дро${SHY}би`, 'Дроби'],
    ['a decomposed letter', 'и\u0306од', 'йод'],
    ['signs of direction', '\u202eДроби\u202c', 'Дроби'],
    ['controls', 'Дро\u0007би', 'Дроби'],
    ['line ends of other systems', 'а\r\nб\rв', 'а\nб\nв'],
    ['letters and digits alone', '5А «Б» — 12', '5А «Б» — 12'],
    ['an emoji of several parts', '👩\u200d🏫 ❤\ufe0f', '👩\u200d🏫 ❤\ufe0f'],
  ])('with %s is kept in one form', (_, given, kept) => {
    expect(normalText(given)).toBe(kept);
    expect(normalText(kept)).toBe(kept);
    expect(parseMessage(Lesson, { topic: given, lines: [{ text: given }], words: [given] })).toEqual({
      topic: kept,
      lines: [{ text: kept }],
      words: [kept],
    });
  });

  it.each([
    ['two spaces', 'Кара  оглы', 'Кара оглы'],
    ['a space that does not break', `фон${NBSP}Дервиз`, 'фон Дервиз'],
    ['a line feed and a tab', 'фон\n\tДервиз', 'фон Дервиз'],
    ['a soft hyphen beside a space', `фон ${SHY} Дервиз`, 'фон Дервиз'],
    ['a zero-width joiner', 'Дер\u200dвиз', 'Дервиз'],
    ['a sign of direction', '\u200fДер\u200eвиз', 'Дервиз'],
    ['a decomposed letter', 'И\u0306одов', 'Йодов'],
    ['an emoji of several parts', 'Кружок 👩\u200d🏫', 'Кружок 👩\u200d🏫'],
  ])('that is a name with %s is kept on one line', (_, given, kept) => {
    expect(normalName(given)).toBe(kept);
    expect(normalName(kept)).toBe(kept);
  });

  it.each([
    '',
    ' ',
    NBSP,
    ZWSP,
    '\n\t',
    SHY,
    '\u2060',
    '\u3164',
    '\u2800',
    '\u200d',
    '\u{e0020}',
    `${ZWSP} ${NBSP}`,
  ])('in which nothing can be seen is none: %j', (blank) => {
    expect(isBlank(blank)).toBe(true);
    expect(parseMessage(Lesson, { topic: blank })).toEqual({ topic: null });
    expect(parseMessage(Lesson, { title: blank })).toEqual({});
    expect(refusalsOf({ lines: [{ text: 'x' }, { text: blank }] })).toEqual(['lines[1].text: length']);
  });

  it('that was kept before is read as it is', () => {
    expect(parseMessage(Lesson, { topic: ` ${ZWSP}`, title: ' а ' }, false)).toEqual({
      topic: ` ${ZWSP}`,
      title: ' а ',
    });
  });

  it('that is a secret is taken sign by sign', () => {
    expect(parseMessage(Lesson, { password: ' па роль ' })).toEqual({ password: ' па роль ' });
  });

  it('of half a million signs is brought into its form at once', () => {
    const started = performance.now();
    for (const sign of [' ', '\n', ZWSP, 'и\u0306', '\ufe0f'])
      normalText(`а${sign.repeat(500_000)}б${sign.repeat(500_000)}в\u0000`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a date', () => {
  it.each(['2026-02-30', '2026-11-31', '2025-02-29', '1900-02-29', '2026-00-10', '0000-01-01', '2026-1-1'])(
    'that does not exist is refused: %s',
    (date) => {
      expect(refusalsOf({ date })).toEqual(['date: format']);
      expect(refusalsOf({ days: ['2026-09-01', date] })).toEqual(['days: format']);
      expect(refusalsOf({ at: `${date}T10:00:00Z` })).toEqual(['at: format']);
    },
  );

  it('of a leap year is taken', () => {
    expect(refusalsOf({ date: '2028-02-29', days: ['2000-02-29'], at: '2028-02-29T23:59:59+03:00' })).toEqual(
      [],
    );
  });

  it('centuries off is refused from outside, and read where it was kept before', () => {
    const far = { date: '9999-12-31', days: ['1234-05-06'], at: '9999-01-01T00:00:00Z' };
    expect(refusalsOf(far)).toEqual(['date: out-of-range', 'at: out-of-range', 'days: out-of-range']);
    expect(refusalsOf(far, false)).toEqual([]);
  });

  it.each(['2026-09-01T24:00:00Z', '2026-09-01T10:60Z', '2026-09-01T10:00:00+25:00', '2026-09-01T10:00:00'])(
    'with an hour that does not exist is refused: %s',
    (at) => expect(refusalsOf({ at })).toEqual(['at: format']),
  );
});
