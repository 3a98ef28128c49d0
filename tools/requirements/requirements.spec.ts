import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const PAGE = 'docs/requirements.md';
const SEARCHED = ['README.md', '{apps,libs,tools,docs}/**/*.{ts,tsx,mjs,css,json,md}'];
const LEFT_OUT = /(^|\/)(node_modules|dist)\//;

/** Of «R7, R99–R104» each number, those between two as well. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/\bR(\d{1,3})(?:\s?[–-]\s?R?(\d{1,3}))?\b/g)].flatMap(([, first, last]) => {
    const from = Number(first);
    const to = Number(last ?? first);
    return Array.from({ length: Math.max(1, to - from + 1) }, (_, at) => from + at);
  });
}

describe('the numbers of requirements', () => {
  it('are read with those between two', () => {
    expect(numbersIn('(R5, R7–R10), R99-101, PR1 R2D2')).toEqual([5, 7, 8, 9, 10, 99, 100, 101]);
  });

  it('have a line each where they are explained', () => {
    const lines = [...readFileSync(join(root, PAGE), 'utf8').matchAll(/^\| R(\d+) /gm)].map(([, n]) =>
      Number(n),
    );
    expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
    const files = globSync(SEARCHED, { cwd: root, exclude: (path) => LEFT_OUT.test(`${path}/`) });
    expect(files.length).toBeGreaterThan(500);
    const unexplained = files
      .filter((file) => file !== PAGE && !LEFT_OUT.test(file) && !import.meta.filename.endsWith(file))
      .flatMap((file) =>
        numbersIn(readFileSync(join(root, file), 'utf8'))
          .filter((number) => !lines.includes(number))
          .map((number) => `R${number} in ${file}`),
      );
    expect(unexplained).toEqual([]);
  });
});
