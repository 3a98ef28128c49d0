import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@parta/platform-errors';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  CalendarDate,
  Counts,
  Decimal,
  Email,
  Flag,
  Id,
  Instant,
  ListOf,
  ListOfText,
  Nested,
  OneOf,
  Text,
  Whole,
} from './fields.js';
import { readValid } from './read-valid.js';
import { parseMessage } from './validate.js';

class Author {
  @Id() personId: string;
  @Text({ max: 5, nullable: true }) name: string | null;
}

class Essay {
  @Text({ max: 10, min: 2, pattern: /^[а-я]+$/ }) title: string;
  @Whole({ min: 2, max: 5 }) value: number;
  @Decimal({ min: 0, max: 1, optional: true }) weight?: number;
  @Flag() isLate: boolean;
  @OneOf(['draft', 'done']) state: string;
  @CalendarDate({ nullable: true, optional: true }) due?: string | null;
  @Instant() at: string;
  @Email({ nullable: true }) email: string | null;
  @Nested(() => Author) author: Author;
  @ListOf(() => Author, { max: 2, optional: true }) helpers?: Author[];
  @ListOfText({ max: 3, format: 'uuid', unique: true }) pupils: string[];
  @Counts({ optional: true }) counts?: Record<string, number>;
}

class Shelf {
  @ListOf(() => Author, { min: 1, max: 100 }) authors: Author[];
  @ListOf(() => Essay, { max: 5 }) essays: Essay[];
}

const ID = '01980c4e-5b5e-7e0e-8a1b-0f2f3a4b5c6d';
const OTHER = '01980c4e-5b5e-7e0e-8a1b-0f2f3a4b5c6e';
const author = { personId: ID, name: 'Анна' };
const essay = {
  title: 'весна',
  value: 5,
  weight: 0.5,
  isLate: false,
  state: 'done',
  due: '2026-09-01',
  at: '2026-09-01T10:00:00Z',
  email: null,
  author,
  helpers: [author, { personId: OTHER, name: null }],
  pupils: [ID, OTHER],
  counts: { pages: 3 },
};

/** What may be found in place of any field. */
const STRANGE: unknown[] = [
  undefined,
  null,
  '',
  'весна',
  'a long title that is none',
  'draft',
  ID,
  '2026-09-01',
  '2026-13-01',
  0,
  3,
  2.5,
  6,
  Number.NaN,
  true,
  [],
  [ID],
  [ID, ID],
  [null],
  [ID, OTHER, ID.replace('d', 'f'), ID.replace('d', 'a')],
  {},
  author,
  { ...author, name: 'Александра' },
  { ...author, age: 40 },
  [author],
  [author, author, author],
  [[author]],
  [{ ...author, personId: 'none' }],
];

const byClassValidator = (plain: object, strict: boolean): boolean =>
  validateSync(plainToInstance(Essay, plain), {
    whitelist: strict,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
  }).length === 0;

describe('a message', () => {
  it('is read as its class, nested ones too', () => {
    const read = parseMessage(Essay, essay);
    expect(read).toBeInstanceOf(Essay);
    expect(read.author).toBeInstanceOf(Author);
    expect(read.helpers![1]).toBeInstanceOf(Author);
    expect({ ...read }).toEqual(essay);
  });

  it.each(Object.keys(essay))('is taken or refused for %s as class-validator would', (name) => {
    for (const strict of [true, false]) {
      for (const value of STRANGE) {
        const plain = { ...essay, [name]: value };
        const isFine = byClassValidator(plain, strict);
        expect([strict, value, readValid(Essay, plain, strict) !== null]).toEqual([strict, value, isFine]);
      }
    }
  });

  it('with a field nobody named is refused as a command and read without it as a fact', () => {
    expect(() => parseMessage(Essay, { ...essay, colour: 'red' })).toThrow(InvalidInput);
    expect(() => parseMessage(Essay, { ...essay, author: { ...author, age: 40 } })).toThrow(InvalidInput);
    expect(parseMessage(Essay, { ...essay, colour: 'red' }, false)).not.toHaveProperty('colour');
  });

  it.each([
    ['а NUL', 'а\u0000б'],
    ['half of a pair', '\ud83d'],
  ])('with a text that no database keeps is refused: %s', (_, name) => {
    expect(() => parseMessage(Author, { personId: ID, name })).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        fields: [expect.objectContaining({ field: 'name', code: 'format' })],
      }) as unknown as Error,
    );
    expect(parseMessage(Author, { personId: ID, name: '🙂\nё' }).name).toBe('🙂\nё');
  });

  it('that breaks rules names each field with its code', () => {
    const broken = { ...essay, value: 6, pupils: [ID, ID], author: { name: 'Александра' }, colour: 'red' };
    expect.assertions(1);
    try {
      parseMessage(Essay, broken);
    } catch (error) {
      expect(
        (error as InvalidInput).fields!.map(({ field, code }) => `${field}: ${code}`).toSorted(),
      ).toEqual([
        'author.name: length',
        'author.personId: required',
        'colour: unknown-field',
        'pupils: duplicate',
        'value: too-large',
      ]);
    }
  });

  const fieldsOfRefusal = (type: typeof Essay | typeof Shelf, plain: object): string[] => {
    try {
      parseMessage<object>(type, plain);
    } catch (error) {
      return (error as InvalidInput).fields!.map(({ field, code }) => `${field}: ${code}`);
    }
    return [];
  };

  it('names the wrong items of a list by the places where they stand', () => {
    const authors = Array.from({ length: 60 }, (_, at) =>
      at % 25 === 10 ? { personId: 'none', name: null } : author,
    );
    expect(fieldsOfRefusal(Shelf, { authors, essays: [] })).toEqual([
      'authors[10].personId: format',
      'authors[35].personId: format',
    ]);
    const essays = [essay, { ...essay, helpers: [author, { ...author, name: 'Александра' }] }];
    expect(fieldsOfRefusal(Shelf, { authors: [author], essays })).toEqual([
      'essays[1].helpers[1].name: length',
    ]);
  });

  it('says of a list that is too long or too short just that', () => {
    expect(fieldsOfRefusal(Shelf, { authors: [], essays: [] })).toEqual(['authors: too-few']);
    const authors = Array.from({ length: 101 }, () => author);
    expect(fieldsOfRefusal(Shelf, { authors, essays: [] })).toEqual(['authors: too-many']);
  });

  it.each([
    ['wrong', {}],
    ['right', author],
  ])('with a list of 300,000 %s items is refused as fast as it is read', (_, item) => {
    const plain = { authors: Array.from({ length: 300_000 }, () => item), essays: [] };
    const started = performance.now();
    JSON.parse(JSON.stringify(plain));
    const readingMs = performance.now() - started;
    const began = performance.now();
    expect(fieldsOfRefusal(Shelf, plain)).toEqual(['authors: too-many']);
    // Each item explained took a hundred times as long.
    expect(performance.now() - began).toBeLessThan(readingMs * 10 + 200);
  });

  it.each([null, 5, 'text', [essay]])('is no %p', (plain) => {
    expect(() => parseMessage(Essay, plain)).toThrow(InvalidInput);
  });
});
