import { describe, expect, test } from '@jest/globals';
import { ANSWER, AnswerSerializer, Written } from './wire.js';

const written = (value: object): { data: string; headers: { get(name: string): string } } =>
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
    expect(JSON.parse(written(answer).data)).toEqual({ days: [], marks: [5] });
  });

  test('any other value is written here', () => {
    expect(written({ a: [null] }).data).toBe('{"a":[null]}');
  });
});
