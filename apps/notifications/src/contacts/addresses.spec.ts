import { describe, expect, it } from '@jest/globals';
import { maskedAddress, normalisedAddress } from './addresses.js';

describe('an address in its one form', () => {
  it.each(['+79001234567', '8 (900) 123-45-67', '7 900 123 45 67', '900 123–45–67'])(
    '%s is a mobile number',
    (typed) => expect(normalisedAddress('sms', typed)).toBe('+79001234567'),
  );

  it.each(['', '12345', '+1 202 555 0100', '8 800 555 35 35 5', '+7495123456'])('%s is not', (typed) =>
    expect(() => normalisedAddress('sms', typed)).toThrow(
      expect.objectContaining({ code: 'notifications.address-invalid' }),
    ),
  );

  it('keeps a mailbox as typed and its domain in lower case', () => {
    expect(normalisedAddress('email', ' Anna.Ivanova@Example.ORG ')).toBe('Anna.Ivanova@example.org');
    expect(() => normalisedAddress('email', 'anna at example')).toThrow();
  });

  it('is hidden for the most part from whoever may not be its owner', () => {
    expect(maskedAddress('anna@example.org')).toBe('a•••@example.org');
    expect(maskedAddress('+79001234567')).toBe('+7•••••••567');
  });
});
