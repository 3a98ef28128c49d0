import { USUAL_COOL_DOWN_MINUTES, USUALLY_KEPT, type NotificationsConfig } from './notifications.settings.js';

const DEFAULT_PARTS_PER_SECOND = 10;
const USUAL_WINDOW = 10;
const WIDEST_WINDOW = 1000;
/** Receipts come for days, and so may a person look after a message. */
const LEAST_DAYS = 7;
/** News that comes later is none. */
const LONGEST_COOL_DOWN_MINUTES = 60;

/**
 * What notifications takes from its environment, beside what every service takes: PARTA_SMTP_URL with PARTA_MAIL_FROM,
 * PARTA_SMPP_URL with PARTA_SMS_SENDER and PARTA_SMS_PER_SECOND (10) and PARTA_SMS_WINDOW (10), PARTA_SMS_UNKNOWN_NUMBER_ERRORS, PARTA_PUBLIC_URL, PARTA_KEEP_TEXTS_DAYS (90),
 * PARTA_KEEP_MESSAGES_DAYS (400), PARTA_NOTICE_COOL_DOWN_MINUTES (3).
 * @throws Error naming the variable that is missing or wrong
 */
export function notificationsConfig(env: NodeJS.ProcessEnv): NotificationsConfig {
  const together = (name: string, needed: string): string => {
    const value = env[needed];
    if (!value) throw new Error(`${name} is set, so ${needed} has to be set too`);
    return value;
  };
  const url = (name: string, protocols: string[]): string | undefined => {
    const value = env[name];
    if (!value) return undefined;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
      throw new Error(`${name} has to begin with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return value;
  };
  const days = (name: string, usual: number): number => {
    const value = Number(env[name] || usual);
    if (!Number.isInteger(value) || value < LEAST_DAYS)
      throw new Error(`${name} has to be a whole number of days, ${LEAST_DAYS} or more`);
    return value;
  };
  const keep = {
    textDays: days('PARTA_KEEP_TEXTS_DAYS', USUALLY_KEPT.textDays),
    messageDays: days('PARTA_KEEP_MESSAGES_DAYS', USUALLY_KEPT.messageDays),
  };
  const smtp = url('PARTA_SMTP_URL', ['smtp:', 'smtps:']);
  const smpp = url('PARTA_SMPP_URL', ['smpp:', 'ssmpp:']);
  const partsPerSecond = Number(env.PARTA_SMS_PER_SECOND || DEFAULT_PARTS_PER_SECOND);
  if (!(partsPerSecond > 0)) throw new Error('PARTA_SMS_PER_SECOND has to be a positive number');
  const coolDownMinutes = Number(env.PARTA_NOTICE_COOL_DOWN_MINUTES || USUAL_COOL_DOWN_MINUTES);
  if (!(coolDownMinutes >= 0 && coolDownMinutes <= LONGEST_COOL_DOWN_MINUTES))
    throw new Error(
      `PARTA_NOTICE_COOL_DOWN_MINUTES has to be a number from 0 to ${LONGEST_COOL_DOWN_MINUTES}`,
    );
  const window = Number(env.PARTA_SMS_WINDOW || USUAL_WINDOW);
  if (!(Number.isInteger(window) && window >= 1 && window <= WIDEST_WINDOW))
    throw new Error(`PARTA_SMS_WINDOW has to be a whole number from 1 to ${WIDEST_WINDOW}`);
  const unknownNumberErrors = (env.PARTA_SMS_UNKNOWN_NUMBER_ERRORS ?? '').split(/[\s,]+/).filter(Boolean);
  return {
    mail: smtp ? { url: smtp, from: together('PARTA_SMTP_URL', 'PARTA_MAIL_FROM') } : undefined,
    sms: smpp
      ? {
          url: smpp,
          sender: together('PARTA_SMPP_URL', 'PARTA_SMS_SENDER'),
          partsPerSecond,
          window,
          unknownNumberErrors,
        }
      : undefined,
    publicUrl: url('PARTA_PUBLIC_URL', ['http:', 'https:']),
    keep,
    coolDownMinutes,
  };
}
