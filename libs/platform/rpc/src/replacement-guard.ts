/** What an import does to one kind of thing that exists already. */
export interface Replacement {
  /** the things in Russian, genitive plural: «действующих зачислений» */
  what: string;
  /** where, if not everywhere: «в школе «Лицей»» */
  where?: string;
  before: number;
  ended: number;
}

/** How much of a kind may go without a person's decision. */
export interface ReplacementBound {
  /** 0–1 */
  maxShare: number;
  /** below this count a share says nothing: three families leave, and half of a village school has left */
  smallest?: number;
}

/**
 * Why an import that replaces what exists has to wait for a person: it ends more than the permitted share of something. A
 * truncated file looks exactly like a school that has lost its pupils or its lessons. Rosters and timetables are judged by it.
 * @param doing subject and verb in Russian: «Пакет завершает»
 * @param advice last sentence in Russian: what to do now
 * @returns the reason in Russian, with the numbers; null when the import may be applied
 */
export function reasonToHold(
  doing: string,
  replacements: readonly (Replacement & ReplacementBound)[],
  advice: string,
): string | null {
  const excessive = replacements.find(
    ({ before, ended, maxShare, smallest = 0 }) => before >= smallest && ended > before * maxShare,
  );
  if (!excessive) return null;
  const { what, where, before, ended, maxShare } = excessive;
  return `${doing} ${number(ended)} из ${number(before)} ${what} (${percentage(ended / before)})${where ? ` ${where}` : ''}, без решения человека допустимо ${percentage(maxShare)}. ${advice}`;
}

const number = (value: number) => value.toLocaleString('ru-RU');
const percentage = (share: number) =>
  share.toLocaleString('ru-RU', { style: 'percent', maximumFractionDigits: 1 });
