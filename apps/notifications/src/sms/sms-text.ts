/** Protocol header of one part of a long SMS. */
const CONCATENATION_8_BIT = [0x05, 0x00, 0x03];
const SINGLE_LENGTH = 70;
const PART_LENGTH = 67;

/**
 * Splits a text into short messages in UCS-2 (data coding 8): 70 units in one, 67 in each of several, never between the
 * halves of a surrogate pair. UCS-2 also for Latin texts: centres disagree about what their default alphabet is.
 * @param reference 0–255, the same for all parts and for every attempt at them
 */
export function smsParts(text: string, reference: number): Buffer[] {
  if (text.length <= SINGLE_LENGTH) return [ucs2(text)];
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + PART_LENGTH, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces.map((piece, i) =>
    Buffer.concat([Buffer.from([...CONCATENATION_8_BIT, reference, pieces.length, i + 1]), ucs2(piece)]),
  );
}

/** How many short messages a text takes. */
export const countParts = (text: string): number => smsParts(text, 0).length;

const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
