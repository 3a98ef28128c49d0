/** A school with fewer active enrolments than this may change altogether without being noticed by its share alone. */
const SMALL_SCHOOL = 20;
/** Share of one school's active enrolments that a package may end. */
const MAX_SHARE_OF_SCHOOL = 0.5;

/** Active student enrolments before a package, and how many of them it would end. */
export interface Ending {
  active: number;
  ended: number;
}

/** The same for one school. */
export interface SchoolEnding extends Ending {
  name: string;
}

/**
 * Why a package should wait for a person: it would end more than the permitted share of all active student enrolments,
 * or more than half of one school's. A truncated export looks exactly like a district that has expelled its pupils.
 * @param maxShare 0–1
 * @returns the reason in Russian, or null when the package may be applied
 */
export function reasonToPark(
  whole: Ending,
  schools: readonly SchoolEnding[],
  maxShare: number,
): string | null {
  const advice = 'Похоже на неполную выгрузку: проверьте пакет и примите или отклоните его.';
  if (whole.ended > whole.active * maxShare) {
    return `Пакет завершает ${number(whole.ended)} из ${number(whole.active)} действующих зачислений (${percent(whole)}), без решения человека допустимо ${percentage(maxShare)}. ${advice}`;
  }
  const emptied = schools.find(
    ({ active, ended }) => active >= SMALL_SCHOOL && ended > active * MAX_SHARE_OF_SCHOOL,
  );
  if (!emptied) return null;
  return `Пакет завершает ${number(emptied.ended)} из ${number(emptied.active)} действующих зачислений (${percent(emptied)}) в школе «${emptied.name}», без решения человека допустимо ${percentage(MAX_SHARE_OF_SCHOOL)}. ${advice}`;
}

const number = (value: number) => value.toLocaleString('ru-RU');
const percentage = (share: number) =>
  share.toLocaleString('ru-RU', { style: 'percent', maximumFractionDigits: 1 });
const percent = ({ ended, active }: Ending) => percentage(ended / active);
