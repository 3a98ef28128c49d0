import type { Channel } from '@parta/contracts-notifications';
import { noticeLine, shorten } from '../notices/notice-lines.js';
import type { Notice, NoticeContent } from '../notices/notice.js';

/** A message as it is sent; an SMS has text only. */
export interface ComposedMessage {
  subject: string | null;
  text: string;
  html: string | null;
}

export interface Letterhead {
  schoolName: string;
  /** address of the web application; null when the installation has none */
  publicUrl: string | null;
  unsubscribeUrl: string | null;
}

/** An SMS longer than five parts of 67 is refused by providers, and nobody reads it. */
const MAX_SMS_LENGTH = 5 * 67;

/** Puts a message together from what happened; several children and events in one when they were gathered. */
export function compose(channel: Channel, notices: readonly Notice[], head: Letterhead): ComposedMessage {
  return channel === 'sms' ? composeSms(notices) : composeLetter(notices, head);
}

/** The code that proves an address. */
export function composeCode(channel: Channel, code: string, schoolName: string): ComposedMessage {
  if (channel === 'sms')
    return { subject: null, text: `Код ${code} для уведомлений школы. Никому его не сообщайте.`, html: null };
  const text = `Код подтверждения: ${code}\n\nВведите его в настройках уведомлений, чтобы получать письма о школьных делах ребёнка. Код действует 10 минут.\nЕсли вы его не запрашивали, ничего делать не нужно.\n\n${schoolName}`;
  return { subject: `Код подтверждения: ${code}`, text, html: paragraphs(text) };
}

/** No family name in full and no school: an SMS may be read by whoever holds the phone. */
function composeSms(notices: readonly Notice[]): ComposedMessage {
  const children = byChild(notices);
  const pieces = children.flatMap(([name, own]) =>
    own.map((notice, i) => `${i === 0 ? `${name}: ` : ''}${noticeLine(notice.content, false)}`),
  );
  let text = '';
  for (const [i, piece] of pieces.entries()) {
    const rest = pieces.length - i;
    const tail = rest > 1 ? ` и ещё ${rest - 1} — в дневнике`.length : 0;
    const next = text ? `${text}; ${piece}` : shorten(piece, MAX_SMS_LENGTH - tail);
    if (next.length + tail > MAX_SMS_LENGTH)
      return { subject: null, text: `${text} и ещё ${rest} — в дневнике`, html: null };
    text = next;
  }
  return { subject: null, text, html: null };
}

function composeLetter(notices: readonly Notice[], head: Letterhead): ComposedMessage {
  const children = byChild(notices);
  const names = children.map(([, own]) => own[0]!.givenName).join(', ');
  const single = notices.length === 1 ? notices[0]!.content : null;
  const blocks = children.map(([, own]) => ({
    title: `${own[0]!.familyName} ${own[0]!.givenName}`,
    lines: own.map((notice) => noticeLine(notice.content, true)),
  }));
  const footer = [
    head.schoolName,
    head.publicUrl && `Дневник: ${head.publicUrl}`,
    head.unsubscribeUrl && `Отписаться от писем: ${head.unsubscribeUrl}`,
  ].filter((line): line is string => Boolean(line));
  const text = [
    ...blocks.map((b) => [b.title, ...b.lines.map((l) => `— ${l}`)].join('\n')),
    footer.join('\n'),
  ].join('\n\n');
  const html = [
    '<!doctype html><html lang="ru"><body style="font:16px/1.5 sans-serif;color:#1a1b1e;max-width:36em">',
    ...blocks.map(
      (b) =>
        `<h2 style="font-size:18px">${escape(b.title)}</h2><ul>${b.lines.map((l) => `<li>${escape(l)}</li>`).join('')}</ul>`,
    ),
    `<p style="color:#5c5f66;font-size:14px">${escape(head.schoolName)}`,
    head.publicUrl ? `<br><a href="${escape(head.publicUrl)}">Открыть дневник</a>` : '',
    head.unsubscribeUrl ? `<br><a href="${escape(head.unsubscribeUrl)}">Отписаться от писем</a>` : '',
    '</p></body></html>',
  ].join('');
  return {
    subject: shorten(single ? `${names}: ${headline(single)}` : `${names}: новости школьного дня`, 120),
    text,
    html,
  };
}

function headline(content: NoticeContent): string {
  const { subjectTitle } = content;
  if (content.about === 'mark') {
    if (content.isAnnulled) return `${subjectTitle} — отметка аннулирована`;
    return `${subjectTitle} — ${content.isValueWithheld ? 'отметка исправлена' : `отметка ${content.value}`}`;
  }
  if (content.about === 'homework') return `${subjectTitle} — домашнее задание`;
  if (content.code === null) return `${subjectTitle} — пропуск снят`;
  return `${subjectTitle} — ${content.code === 'LATE' ? 'опоздание' : 'пропуск урока'}`;
}

/** Notices by child, «Пётр И.» for an SMS; the order within a child is that of the notices. */
function byChild(notices: readonly Notice[]): [name: string, notices: Notice[]][] {
  const children = new Map<string, Notice[]>();
  for (const notice of notices) {
    const own = children.get(notice.studentId);
    if (own) own.push(notice);
    else children.set(notice.studentId, [notice]);
  }
  return [...children.values()].map((own) => [`${own[0]!.givenName} ${own[0]!.familyName.charAt(0)}.`, own]);
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const paragraphs = (text: string): string =>
  `<!doctype html><html lang="ru"><body style="font:16px/1.5 sans-serif">${text
    .split('\n\n')
    .map((p) => `<p>${escape(p).replace(/\n/g, '<br>')}</p>`)
    .join('')}</body></html>`;
