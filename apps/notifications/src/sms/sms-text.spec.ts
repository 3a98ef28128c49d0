import { describe, expect, it } from '@jest/globals';
import { smsParts } from './sms-text.js';

const textOf = (part: Buffer): string => Buffer.from(part).swap16().toString('utf16le');

describe('a text as short messages', () => {
  it('is one message up to 70 Cyrillic letters, without a header', () => {
    const parts = smsParts('я'.repeat(70), 7);
    expect(parts).toHaveLength(1);
    expect(textOf(parts[0]!)).toBe('я'.repeat(70));
  });

  it('is parts of 67 from the 71st letter on, each with reference, count and number', () => {
    const parts = smsParts('я'.repeat(71), 7);
    expect(parts.map((part) => [...part.subarray(0, 6)])).toEqual([
      [5, 0, 3, 7, 2, 1],
      [5, 0, 3, 7, 2, 2],
    ]);
    expect(parts.map((part) => textOf(part.subarray(6)).length)).toEqual([67, 4]);
    expect(smsParts('я'.repeat(134), 7)).toHaveLength(2);
    expect(smsParts('я'.repeat(135), 7)).toHaveLength(3);
  });

  it('is at most 140 octets a part', () => {
    for (const part of smsParts('ж'.repeat(400), 1)) expect(part.length).toBeLessThanOrEqual(140);
  });

  it('never breaks a surrogate pair', () => {
    const parts = smsParts(`${'я'.repeat(66)}😀${'я'.repeat(10)}`, 1);
    expect(parts.map((part) => textOf(part.subarray(6)))).toEqual(['я'.repeat(66), `😀${'я'.repeat(10)}`]);
  });
});
