/**
 * Whether two writings are one message's id. Centres answer a submission in hexadecimal and send its receipt in decimal, pad
 * one of them with zeros, write one in capitals, end it with a NUL or put `0x` before it.
 */
export const isSameId = (a: string, b: string): boolean => {
  const other = readings(b);
  return [...readings(a)].some((reading) => other.has(reading));
};

/** What an id may mean: the text without padding, and the number that it is in either system. */
function readings(id: string): Set<string> {
  const text = id
    .replace(/\u0000/g, '')
    .trim()
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '');
  const all = new Set<string>();
  if (text === '') return all;
  all.add(`text:${text}`);
  if (/^\d{1,20}$/.test(text)) all.add(`number:${BigInt(text)}`);
  if (/^[0-9a-f]{1,16}$/.test(text)) all.add(`number:${BigInt(`0x${text}`)}`);
  return all;
}

/** The id as it is kept: bounded, without what PostgreSQL does not take. */
export const keptId = (id: string): string =>
  id
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
    .slice(0, 100);
