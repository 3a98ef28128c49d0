import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ANSWER, AnswerSerializer, bodyOf, Written } from './wire.js';

const written = (value: object) =>
  new AnswerSerializer().serialize({ id: '1', isDisposed: true, response: { ok: true, value } });

describe('What is written for the wire', () => {
  test('fields that are JSON already are handed on as they are, beside those that are not', () => {
    const answer = Written.with<{ name: string; days: number[] }, 'days'>(
      { name: 'Анна "А"' },
      { days: '[1, 2]' },
    );
    const { data, headers } = written(answer);
    expect(data).toBe('{"name":"Анна \\"А\\"","days":[1, 2]}');
    expect(headers.get(ANSWER)).toBe('ok');
  });

  test('nothing needs to stand beside them', () => {
    const answer = Written.with<{ days: number[]; marks: number[] }, 'days' | 'marks'>(
      {},
      { days: '[]', marks: '[5]' },
    );
    expect(JSON.parse(written(answer).data as string)).toEqual({ days: [], marks: [5] });
  });

  test('any other value is written here', () => {
    expect(written({ a: [null] }).data).toBe('{"a":[null]}');
  });

  test('what is large is compressed, and read as it was', () => {
    const value = { text: 'Журнал '.repeat(100_000) };
    const { data, headers } = written(value);
    expect(data.length).toBeLessThan(100_000);
    expect(JSON.parse(bodyOf({ data: data as Uint8Array, headers }).toString())).toEqual(value);
  });

  test('what no message can hold is refused with its own code', () => {
    const { data, headers } = written({ text: randomBytes(2_000_000).toString('base64') });
    expect(headers.get(ANSWER)).toBe('error');
    expect(JSON.parse(data as string)).toMatchObject({ kind: 'invalid', code: 'request.answer-too-large' });
  });
});
