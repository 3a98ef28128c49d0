import type { OrderReport, ReportKind } from '@parta/contracts-reporting';
import { InvalidInput, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';
import { printableGroups, reportableClasses } from '../report.access.js';

/** Of whom the report is to be. */
export interface ReportSubject {
  schoolId: string;
  kind: ReportKind;
  groupId: string | null;
  classId: string | null;
  title: string;
}

/**
 * The study group or class of an order, if the actor may report on it.
 * @throws InvalidInput when none is named; NotFound `reporting.group-not-found`, `reporting.class-not-found`
 */
export async function reportSubject(
  database: Database,
  actor: Actor,
  { kind, groupId, classId }: OrderReport,
): Promise<ReportSubject> {
  const isJournal = kind === 'class-subject-journal';
  const [needed, other] = isJournal ? (['groupId', 'classId'] as const) : (['classId', 'groupId'] as const);
  const named = { groupId, classId };
  if (!named[needed])
    throw new InvalidInput([{ field: needed, code: 'required', message: `${kind} needs ${needed}` }]);
  if (named[other])
    throw new InvalidInput([{ field: other, code: 'unknown-field', message: `${kind} takes no ${other}` }]);
  const found = await database.row<Omit<ReportSubject, 'kind'>>(
    isJournal
      ? sql`select g.school_id as "schoolId", g.id as "groupId", g.class_id as "classId", g.title
          from study_groups g left join classes c on c.school_id = g.school_id and c.id = g.class_id
          where g.id = ${groupId} and ${printableGroups(actor)}`
      : sql`select c.school_id as "schoolId", null as "groupId", c.id as "classId", c.title
          from classes c where c.id = ${classId} and ${reportableClasses(actor)}`,
  );
  if (found) return { ...found, kind };
  throw isJournal
    ? new NotFound('reporting.group-not-found', 'no such study group among those this actor may print')
    : new NotFound('reporting.class-not-found', 'no such class among those this actor may report on');
}
