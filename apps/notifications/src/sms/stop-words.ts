/** Words by which a subscriber ends messages, alone in the SMS; «нет» and the like are answers to something else. */
const STOP_WORDS = [
  'стоп',
  'stop',
  'stopall',
  'отписка',
  'отписаться',
  'отпишите',
  'отказ',
  'unsubscribe',
  'stop sms',
  'стоп смс',
];

/** Whether an SMS asks for no more of them; spaces, quotes, punctuation and case do not matter (126-ФЗ art. 44.1). */
export const isStop = (text: string): boolean =>
  STOP_WORDS.includes(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\s]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
