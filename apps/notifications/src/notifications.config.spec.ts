import { describe, expect, it } from '@jest/globals';
import { notificationsConfig } from './notifications.config.js';

describe('what notifications takes from its environment', () => {
  it('keeps texts for a quarter and the log for a school year unless told otherwise', () => {
    expect(notificationsConfig({}).keep).toEqual({ textDays: 90, messageDays: 400 });
    expect(notificationsConfig({ PARTA_KEEP_TEXTS_DAYS: '', PARTA_KEEP_MESSAGES_DAYS: '30' }).keep).toEqual({
      textDays: 90,
      messageDays: 30,
    });
  });

  it.each([
    ['PARTA_KEEP_TEXTS_DAYS', '6'],
    ['PARTA_KEEP_MESSAGES_DAYS', '40.5'],
    ['PARTA_KEEP_MESSAGES_DAYS', 'ever'],
    ['PARTA_SMTP_URL', 'mail.example'],
    ['PARTA_SMPP_URL', 'smtp://mail.example'],
    ['PARTA_SMS_PER_SECOND', '0'],
    ['PARTA_SMS_WINDOW', '0'],
    ['PARTA_SMS_WINDOW', '2.5'],
    ['PARTA_NOTICE_COOL_DOWN_MINUTES', '-1'],
    ['PARTA_NOTICE_COOL_DOWN_MINUTES', '61'],
    ['PARTA_NOTICE_COOL_DOWN_MINUTES', 'soon'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => notificationsConfig({ [name]: value })).toThrow(name);
  });

  it('gives a password without encryption to no server but one on this machine', () => {
    const env = { PARTA_MAIL_FROM: 'a@school.example', PARTA_SMTP_ALLOW_PLAIN: 'true' };
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(notificationsConfig({ ...env, PARTA_SMTP_URL: `smtp://u:p@${host}:25` }).mail).toMatchObject({
        allowsPlain: true,
      });
    expect(() => notificationsConfig({ ...env, PARTA_SMTP_URL: 'smtp://u:p@mail.example' })).toThrow(
      'PARTA_SMTP_ALLOW_PLAIN',
    );
  });

  it('lets a notice cool down for three minutes unless told otherwise, and not at all when told so', () => {
    expect(notificationsConfig({}).coolDownMinutes).toBe(3);
    expect(notificationsConfig({ PARTA_NOTICE_COOL_DOWN_MINUTES: '0' }).coolDownMinutes).toBe(0);
  });

  it('names what is missing beside a server', () => {
    expect(() => notificationsConfig({ PARTA_SMTP_URL: 'smtp://mail.example' })).toThrow('PARTA_MAIL_FROM');
  });
});
