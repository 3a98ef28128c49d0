import type { DiaryPeriod } from '@parta/contracts-diary';

/** Kinds of period that count for a pupil: quarters (or trimesters) in years 1–9, half-years in 10–11 and colleges (R71). */
export function periodKindsFor(schoolKind: 'school' | 'college', gradeLevel: number | null): string[] {
  return schoolKind === 'college' || (gradeLevel ?? 0) >= 10
    ? ['half-year', 'semester']
    : ['quarter', 'trimester'];
}

/** The period of that day, else the last one that has begun, else the first. */
export function periodOf<T extends DiaryPeriod>(periods: readonly T[], today: string): T | null {
  return (
    periods.find((period) => period.startDate <= today && today <= period.endDate) ??
    periods.findLast((period) => period.startDate <= today) ??
    periods[0] ??
    null
  );
}
