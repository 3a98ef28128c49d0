import { reasonToHold, type Replacement } from '@parta/platform-rpc';

/** A school with fewer active enrolments than this may change altogether without being noticed by its share alone. */
const SMALL_SCHOOL = 20;
/** Share of one school's active enrolments that a package may end. */
const MAX_SHARE_OF_SCHOOL = 0.5;
/** Of a kind with fewer active records than this, all have to end: a share of so few says nothing. */
const SMALL_KIND = 10;

/** Active student enrolments before a package, and how many of them it would end. */
export interface Ending {
  active: number;
  ended: number;
}

/** The same for one school. */
export interface SchoolEnding extends Ending {
  name: string;
}

/** The same for one kind of record. */
export interface KindEnding extends Replacement {
  /** the end of a single one waits for a person */
  isEachHeld: boolean;
}

/**
 * Why a package should wait for a person: it would end more than the permitted share of all active student enrolments, or
 * of any other kind of record, or more than half of one school's enrolments. A truncated export looks exactly like a
 * district that has expelled its pupils.
 * @param maxShare 0–1
 * @param kinds the source's records by kind
 * @returns the reason in Russian, or null when the package may be applied
 */
export function reasonToPark(
  whole: Ending,
  schools: readonly SchoolEnding[],
  maxShare: number,
  kinds: readonly KindEnding[] = [],
): string | null {
  return reasonToHold(
    'Пакет завершает',
    [
      { what: 'действующих зачислений', before: whole.active, ended: whole.ended, maxShare },
      ...schools.map(({ name, active, ended }) => ({
        what: 'действующих зачислений',
        where: `в школе «${name}»`,
        before: active,
        ended,
        maxShare: MAX_SHARE_OF_SCHOOL,
        smallest: SMALL_SCHOOL,
      })),
      ...kinds.filter(isWeighty).map((kind) => ({ ...kind, maxShare: kind.isEachHeld ? 0 : maxShare })),
    ],
    'Похоже на неполную выгрузку: проверьте пакет и примите или отклоните его.',
  );
}

/** A departure of one is everyday, unless it is the last of its kind. */
const isWeighty = ({ before, ended, isEachHeld }: KindEnding): boolean =>
  isEachHeld || (ended > 0 && ended === before) || (before >= SMALL_KIND && ended > 1);
