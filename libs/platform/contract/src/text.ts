/*
 * The one form of text that Parta keeps. People paste from word processors and messengers: two texts that look the same
 * must be the same, and a text in which nothing can be seen is no text.
 */

/** Nothing to do: printable ASCII, Cyrillic letters and common signs without a space at either end. */
const USUAL = /^(?:[!-~А-яЁё№«»—–…](?:[ -~А-яЁё№«»—–…\n]*[!-~А-яЁё№«»—–…])?)?$/;

/**
 * Signs that nobody sees: controls except tab and line feed, soft hyphen, zero-width and direction signs, fillers.
 * A zero-width joiner and a variation selector stay: they belong to emoji and to some scripts.
 */
const INVISIBLE =
  /[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** What a text may begin or end with without anything being seen. */
const isEdge = (sign: string): boolean => /[\s\u200d\u2800\ufe00-\ufe0f]/.test(sign);

/** By hand: a pattern for the end of a text is tried at each of its spaces. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isEdge(text[from]!)) from += 1;
  // A variation selector at the end belongs to the sign before it.
  while (to > from && isEdge(text[to - 1]!) && !isVariation(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

const isVariation = (sign: string): boolean => sign >= '\ufe00' && sign <= '\ufe0f';

/**
 * A text as Parta keeps it: composed (NFC), without invisible signs, with line feeds as line ends, trimmed.
 * A NUL and half of a surrogate pair are left for the rules to refuse.
 */
export function normalText(text: string): string {
  if (USUAL.test(text)) return text;
  const composed = text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .normalize('NFC')
    .replace(INVISIBLE, '');
  return trimmed(composed);
}

/** A joiner outside an emoji, and what else is of no width inside a name. */
const BARE_JOINERS =
  /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})|\u2800/gu;

/** A name as Parta keeps it, of people, classes, subjects and places: a text on one line with one space between words. */
export function normalName(name: string): string {
  const text = normalText(name);
  return USUAL.test(text) && !/\s\s|\n/.test(text)
    ? text
    : normalText(text.replace(BARE_JOINERS, '').replace(/\s+/g, ' '));
}

/** Whether there is nothing to be seen in a text. */
export const isBlank = (text: string): boolean => normalText(text) === '';

/** PostgreSQL keeps neither a NUL nor half of a surrogate pair. */
export const STORABLE = /^[^\u0000\ud800-\udfff]*$/u;

/** Whether a text can be kept as it is. */
export const isStorable = (text: string): boolean => STORABLE.test(text);
