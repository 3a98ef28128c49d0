/*
 * Names are searched in one folded form, whatever keyboard or word processor they were typed with. PostgreSQL folds by the
 * same steps (`foldingFunction` of the persistence library); a table test holds both to one result.
 */

/** Accents that no letter is composed with, and signs that nobody sees. */
export const FOLDED_AWAY =
  '[\\u0300-\\u036f\\u00ad\\u061c\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]';

/** Apostrophes and what is typed in their place. */
export const APOSTROPHES = "['`´ʹʻʼʽˈ‘’‛′＇]";

/** Hyphens, dashes, the minus and all white space part words. */
export const BETWEEN_WORDS =
  '[-\\s\\u0085\\u00a0\\u2000-\\u200a\\u2010-\\u2015\\u2212\\u202f\\u2028\\u2029\\u3000]+';

const AWAY = new RegExp(`${FOLDED_AWAY}|${APOSTROPHES}`, 'gu');
const BETWEEN = new RegExp(BETWEEN_WORDS, 'gu');

/**
 * A text as it is searched: composed letters in lower case, «ё» as «е», without apostrophes and signs that nobody sees,
 * words with one space between them.
 */
export function foldedText(text: string): string {
  // Apostrophes go first: NFKC makes a space of some of them.
  const composed = text.replace(AWAY_BEFORE, '').normalize('NFKC').toLowerCase();
  return composed.replaceAll('ё', 'е').replace(AWAY, '').replace(BETWEEN, ' ').trim();
}

const AWAY_BEFORE = new RegExp(APOSTROPHES, 'gu');

/** The words that were asked for, each to be found in the folded text. */
export const searchWords = (typed: string | undefined): string[] =>
  foldedText(typed ?? '')
    .split(' ')
    .filter(Boolean);

/** Whether each word asked for stands in one of the texts, in whatever order. */
export function isFound(typed: string, ...texts: (string | null | undefined)[]): boolean {
  const words = searchWords(typed);
  if (words.length === 0) return true;
  const folded = foldedText(texts.filter(Boolean).join(' '));
  return words.every((word) => folded.includes(word));
}
