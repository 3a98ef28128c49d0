import { reasonToHold, type Replacement } from '@parta/platform-rpc';

/** A school with fewer active enrolments than this may change altogether without being noticed by its share alone. */
const SMALL_SCHOOL = 20;
/** Share of one school's active enrolments that a package may end. */
const MAX_SHARE_OF_SCHOOL = 0.5;
/** Kinds with fewer active records than this are judged by more than a share: three schools of forty may be merged. */
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
  kinds: readonly Replacement[] = [],
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
      ...kinds.map((kind) => ({ ...kind, maxShare, smallest: SMALL_KIND })),
    ],
    'Похоже на неполную выгрузку: проверьте пакет и примите или отклоните его.',
  );
}
