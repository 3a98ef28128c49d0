import { describe, expect, it } from '@jest/globals';
import { foreignText, wellFormed } from './foreign-text.js';

describe('a text from outside', () => {
  it.each([
    ['a NUL', '550 no\u0000 such user', '550 no such user'],
    ['line ends', '550-first\r\n550 second', '550-first 550 second'],
    ['signs of the terminal', '\u001b[31mred\u0007', '[31mred'],
    ['half a surrogate pair', 'a\ud83d b \ude00c', 'a\ufffd b \ufffdc'],
    ['signs that turn the line round', 'abc\u202edef\ufeff', 'abcdef'],
  ])('is kept without %s', (_what, said, kept) => {
    expect(foreignText(said, 100)).toBe(kept);
  });

  it('is no longer than it may be, and ends with a whole sign', () => {
    expect(foreignText(`${'a'.repeat(9)}😀`, 10)).toBe('a'.repeat(9));
    expect(foreignText('a'.repeat(1000), 500)).toHaveLength(500);
  });

  it('of several lines stays so where lines are wanted', () => {
    expect(wellFormed('a\n\u0000b\ud83d')).toBe('a\nb\ufffd');
  });
});
