import { readSettings, SettingsError } from '@parta/platform-rpc';
import type { MailSettings, NotificationsConfig } from './notifications.settings.js';

/** Hosts to which a password goes over no line that anybody could listen to. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * What notifications takes from its environment, beside what every service takes: the settings `of: NOTIFICATIONS` in the
 * platform's table. PARTA_SMTP_URL needs PARTA_MAIL_FROM, PARTA_SMPP_URL needs PARTA_SMS_SENDER, and PARTA_SMTP_ALLOW_PLAIN a
 * mail server on this machine.
 * @throws SettingsError naming the variable that is missing or wrong
 */
export function notificationsConfig(env: NodeJS.ProcessEnv): NotificationsConfig {
  const settings = readSettings(env, 'notifications');
  const together = (name: string, needed: string, value: string | undefined): string => {
    if (!value) throw new SettingsError([`${name} is set, so ${needed} has to be set too.`]);
    return value;
  };
  const returns = settings.PARTA_MAIL_RETURN_ADDRESS;
  const mail = (url: string): MailSettings => ({
    url,
    from: together('PARTA_SMTP_URL', 'PARTA_MAIL_FROM', settings.PARTA_MAIL_FROM),
    name: settings.PARTA_SMTP_NAME,
    allowsPlain: settings.PARTA_SMTP_ALLOW_PLAIN && onlyOnLoopback(url),
    returns: returns
      ? { address: returns, port: settings.PARTA_MAIL_RETURN_PORT, host: settings.PARTA_MAIL_RETURN_HOST }
      : undefined,
  });
  const { PARTA_SMTP_URL: smtp, PARTA_SMPP_URL: smpp } = settings;
  return {
    mail: smtp ? mail(smtp) : undefined,
    sms: smpp
      ? {
          url: smpp,
          sender: together('PARTA_SMPP_URL', 'PARTA_SMS_SENDER', settings.PARTA_SMS_SENDER),
          partsPerSecond: settings.PARTA_SMS_PER_SECOND,
          window: settings.PARTA_SMS_WINDOW,
          unknownNumberErrors: (settings.PARTA_SMS_UNKNOWN_NUMBER_ERRORS ?? '')
            .split(/[\s,]+/)
            .filter(Boolean),
        }
      : undefined,
    publicUrl: settings.PARTA_PUBLIC_URL,
    keep: {
      textDays: settings.PARTA_KEEP_TEXTS_DAYS,
      messageDays: settings.PARTA_KEEP_MESSAGES_DAYS,
    },
    coolDownMinutes: settings.PARTA_NOTICE_COOL_DOWN_MINUTES,
  };
}

function onlyOnLoopback(url: string): true {
  if (!LOOPBACK.test(new URL(url).hostname))
    throw new SettingsError(['PARTA_SMTP_ALLOW_PLAIN is for a mail server on this machine alone.']);
  return true;
}
