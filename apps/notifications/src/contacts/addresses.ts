import type { Channel } from '@parta/contracts-notifications';
import { InvalidInput } from '@parta/platform-errors';
import { isEmail } from 'class-validator';

/**
 * An address in its one form: a Russian mobile number in E.164 from any usual writing (8 900 …, +7 (900) …, 900 …), an
 * e-mail address with its domain in lower case.
 * @throws InvalidInput `notifications.address-invalid`
 */
export function normalisedAddress(channel: Channel, typed: string): string {
  return channel === 'sms' ? phone(typed) : email(typed.trim());
}

function phone(typed: string): string {
  const digits = typed.replace(/[\s()\-–.]/g, '');
  const match = /^(?:\+?7|8)?(\d{10})$/.exec(digits);
  if (!match || !/^[09]/.test(match[1]!))
    throw invalid('a Russian mobile number of ten digits after +7 is expected');
  return `+7${match[1]}`;
}

function email(typed: string): string {
  if (!isEmail(typed)) throw invalid('an e-mail address is expected');
  const at = typed.lastIndexOf('@');
  return `${typed.slice(0, at)}@${typed.slice(at + 1).toLowerCase()}`;
}

const invalid = (message: string): InvalidInput =>
  new InvalidInput(
    [{ field: 'address', code: 'notifications.address-invalid', message }],
    'notifications.address-invalid',
  );

/** The address as it is shown to somebody who may not be its owner: `m•••@example.org`, `+7•••••••123`. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at > 0
    ? `${address.charAt(0)}•••${address.slice(at)}`
    : `${address.slice(0, 2)}•••••••${address.slice(-3)}`;
}
