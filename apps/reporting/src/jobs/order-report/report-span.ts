import type { OrderReport } from '@parta/contracts-reporting';
import { DomainError, InvalidInput, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';

/** The dates of a report, both included; the period's name if they are one. */
export interface ReportSpan {
  from: string;
  to: string;
  periodTitle: string | null;
}

/**
 * The dates of an order: those of the period it names, or its own if they lie within one academic year.
 * @throws InvalidInput when neither or both are given; NotFound `reporting.period-not-found`; DomainError
 *   `reporting.period-outside-year`
 */
export async function reportSpan(
  database: Database,
  schoolId: string,
  { periodId, from, to }: OrderReport,
): Promise<ReportSpan> {
  if (periodId) {
    if (from || to)
      throw new InvalidInput([
        { field: from ? 'from' : 'to', code: 'unknown-field', message: 'a period has its own dates' },
      ]);
    const period = await database.row<ReportSpan>(sql`
      select x->>'startDate' as "from", x->>'endDate' as "to", x->>'title' as "periodTitle"
      from school_years y, jsonb_array_elements(y.periods) x where y.school_id = ${schoolId} and x->>'periodId' = ${periodId}`);
    if (!period) throw new NotFound('reporting.period-not-found', 'no such period in this school');
    return period;
  }
  const missing = (['from', 'to'] as const).filter((field) => !(field === 'from' ? from : to));
  if (missing.length > 0)
    throw new InvalidInput(
      missing.map((field) => ({ field, code: 'required', message: 'a period or two dates' })),
    );
  const unreal = [
    { field: 'from', date: from! },
    { field: 'to', date: to! },
  ].filter(({ date }) => !isReal(date));
  if (unreal.length > 0)
    throw new InvalidInput(unreal.map(({ field }) => ({ field, code: 'format', message: 'no such day' })));
  const isInYear = (await database.row<{ isInYear: boolean }>(sql`
    select ${from}::date <= ${to}::date and exists (select 1 from school_years where school_id = ${schoolId}
      and start_date <= ${from}::date and end_date >= ${to}::date) as "isInYear"`))!.isInYear;
  if (!isInYear)
    throw new DomainError(
      'invalid',
      'reporting.period-outside-year',
      'from and to lie within one academic year',
    );
  return { from: from!, to: to!, periodTitle: null };
}

/** «2026-02-30» has the form of a date and is none. */
const isReal = (date: string): boolean => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
