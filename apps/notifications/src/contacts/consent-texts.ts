import type { Channel } from '@parta/contracts-notifications';

/**
 * Edition of the texts below. Whoever changes a text gives it a new edition: what people agreed to is kept with their
 * consent, and a page that still shows the old text is refused.
 */
export const CONSENT_VERSION = '2026-11';

/** What a guardian agrees to (126-ФЗ art. 44.1, 152-ФЗ art. 9): a document of its own, in the school's name. */
export function consentText(channel: Channel, schoolName: string): string {
  const [what, where] =
    channel === 'sms'
      ? ['СМС-сообщения', 'на указанный мной номер телефона']
      : ['электронные письма', 'на указанный мной адрес электронной почты'];
  return [
    `Я даю согласие организации «${schoolName}» направлять мне ${what} ${where} о школьных делах моего ребёнка: об отметках, пропусках и опозданиях, домашнем задании — о том из этого, что я выберу в настройках.`,
    `Для этого организация обрабатывает: мои фамилию, имя и отчество, ${channel === 'sms' ? 'номер телефона' : 'адрес электронной почты'}, имя ребёнка и сведения, о которых сообщает. Обработка: запись, хранение, использование, передача ${channel === 'sms' ? 'оператору связи' : 'почтовой службе'} для доставки, удаление. Рекламы в сообщениях нет.`,
    `Номер или адрес принадлежит мне, это подтверждено кодом. Согласие действует, пока ребёнок учится в организации, и может быть отозвано в любое время в настройках уведомлений${channel === 'email' ? ' или по ссылке в письме' : ''}; отзыв действует сразу.`,
  ].join('\n\n');
}
