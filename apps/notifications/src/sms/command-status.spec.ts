import { describe, expect, it } from '@jest/globals';
import { refusalOf } from './command-status.js';

describe('what a refusal of the SMS centre means', () => {
  it.each([
    [0x0b, 'refused', true],
    [0x50, 'refused', true],
    [0x51, 'refused', true],
    [0x01, 'refused', false],
    [0x43, 'refused', false],
    [0x65, 'refused', false],
  ])('%d concerns the message or its number alone', (status, kind, isAddressDead) => {
    expect(refusalOf(status, false)).toMatchObject({ kind, isAddressDead });
  });

  it.each([
    [0x04, 'channel'],
    [0x08, 'channel'],
    [0x14, 'channel'],
    [0x58, 'channel'],
    [0x64, 'channel'],
    [0xff, 'channel'],
    [0x03, 'stopped'],
    [0x0a, 'stopped'],
    [0x0e, 'stopped'],
    [0x48, 'stopped'],
    [0x0c, 'message'],
    [0x45, 'message'],
    [0xfe, 'message'],
    [0x0444, 'message'],
    [0x7fffffff, 'message'],
  ])('%d is waited out, as trouble of the %s', (status, trouble) => {
    expect(refusalOf(status, false)).toMatchObject({ kind: 'later', trouble });
  });

  it.each([0x01, 0x0b, 0x0444])('a generic_nack with %d says nothing of the message', (status) => {
    expect(refusalOf(status, true)).toMatchObject({ kind: 'later', trouble: 'channel' });
  });
});
