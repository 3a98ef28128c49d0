import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Texts = { [key: string]: string | Texts };

const read = (path: string): Texts => JSON.parse(readFileSync(path, 'utf8')) as Texts;
const names = readdirSync(join(import.meta.dirname, 'ru'));
const texts = (language: string, name: string) => read(join(import.meta.dirname, language, name));

function keysOf(value: Texts, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [prefix + key] : keysOf(inner, `${prefix}${key}.`),
  );
}

/** A key without its plural form: languages have different ones. */
const stem = (key: string): string => key.replace(/_(one|few|many|other)$/, '');
const stems = (value: Texts): string[] => [...new Set(keysOf(value).map(stem))].sort();

function formsOf(value: Texts): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const key of keysOf(value).filter((one) => one !== stem(one))) {
    forms.set(stem(key), [...(forms.get(stem(key)) ?? []), key.slice(stem(key).length + 1)]);
  }
  return forms;
}

describe('texts of the interface', () => {
  it.each(names)('say the same things in Russian and in English: %s', (name) => {
    expect(stems(texts('en', name))).toEqual(stems(texts('ru', name)));
  });

  it.each(names)('have every plural form of their language: %s', (name) => {
    for (const [key, forms] of formsOf(texts('ru', name))) {
      expect([key, forms.sort()]).toEqual([key, ['few', 'many', 'one', 'other']]);
    }
    for (const [key, forms] of formsOf(texts('en', name))) {
      expect([key, forms.sort()]).toEqual([key, ['one', 'other']]);
    }
  });

  it('explain every error that the API documents', () => {
    const api = readFileSync(join(import.meta.dirname, '../../../../docs/api/openapi.json'), 'utf8');
    const documented = [...api.matchAll(/Errors: ([^"]*?)\."/g)].flatMap((list) =>
      [...list[1]!.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map((code) => code[1]!),
    );
    const known = new Set(keysOf(texts('ru', 'errors.json')));
    expect(documented.length).toBeGreaterThan(30);
    expect([...new Set(documented)].filter((code) => !known.has(code))).toEqual([]);
  });
});
