/** Control signs, line and paragraph separators: a space stands for each run of them. */

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** Signs that are not seen and change how the rest is seen: direction marks, byte order marks, zero-width signs. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * What another system said, as it can be kept and shown: without control signs (PostgreSQL takes no NUL), without halves of
 * surrogate pairs (JSON of PostgreSQL takes none), of bounded length. Every text of a mail server, an SMS centre or a
 * letter that came back passes here before anything else is done with it.
 * @param max UTF-16 units, 1 or more
 */
export function foreignText(text: string, max: number): string {
  const clean = wellFormed(text).replace(UNSEEN, '').replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  // A pair that the bound would halve is left out.
  return clean.length <= max ? clean : clean.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** The text with U+FFFD for halves of surrogate pairs and without NUL; nothing else is changed. */
export const wellFormed = (text: string): string =>
  text.replace(LONE_SURROGATES, '\ufffd').replace(/\u0000/g, '');

/** The longest answer of another system that is kept, UTF-16 units. */
export const PROBLEM_LENGTH = 500;
