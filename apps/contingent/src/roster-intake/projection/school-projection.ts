import { Injectable } from '@nestjs/common';
import type { FactActor } from '@parta/platform-contract';
import { Outbox } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';
import { DateTime } from 'luxon';
import { ContingentSettings } from '../../contingent.settings.js';
import type { SchoolEnding } from '../process-roster/ending-guard.js';
import type { AffectedSchool } from '../process-roster/source-records.js';
import { projectClasses, projectStudyGroups } from './classes.js';
import { sayWhatChanged } from './facts.js';
import { findMembers, projectGuardians, projectPeople, projectStaff, projectStudents } from './people.js';
import { projectAssignments, projectEnrolments } from './places.js';
import { projectAcademicYears, projectSchool } from './school.js';
import { joiningSets, type SchoolContext } from './school-context.js';
import { createWantedTables } from './wanted.js';
import { isOpenOn } from '../../schools/open-place.js';

/**
 * Makes a school's tables say what its source's records mean. It works from the records alone, not from what has changed
 * in them, so the same records always come to the same school.
 */
@Injectable()
export class SchoolProjection {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly settings: ContingentSettings,
  ) {}

  /** Once per transaction, before the first school. */
  async prepare(): Promise<void> {
    await createWantedTables(this.database);
  }

  /**
   * Within a unit of work that sees the source and the school.
   * @returns how many of the school's active student enrolments have come to their end
   */
  async project(
    sourceId: string,
    { id: schoolId, sourcedId, timeZone: declaredZone }: AffectedSchool,
    now: Date,
    actor: FactActor,
  ): Promise<SchoolEnding> {
    const { database } = this;
    const timeZone = await this.timeZoneOf(declaredZone);
    const today = DateTime.fromJSDate(now, { zone: timeZone }).toISODate()!;
    const school: SchoolContext = { sourceId, schoolId, sourcedId, timeZone, today, now };

    const openBefore = await this.rememberOpenEnrolments(school);
    await projectSchool(database, school);
    await projectAcademicYears(database, school);
    await projectClasses(database, school);
    await projectStudyGroups(database, school);
    await findMembers(database, school);
    await projectPeople(database, school);
    await joiningSets(database, async () => {
      await projectEnrolments(database, school);
      await projectAssignments(database, school);
      await projectStaff(database, school);
      await projectStudents(database, school);
    });
    await projectGuardians(database, school);
    await joiningSets(database, () => sayWhatChanged(database, this.outbox, school, actor));
    return { ...(await this.ended(school)), active: openBefore };
  }

  /** What the sender says, if PostgreSQL knows it too; else the region's. */
  private async timeZoneOf(declared: string | null): Promise<string> {
    if (!declared || !DateTime.now().setZone(declared).isValid) return this.settings.defaultTimeZone;
    const known = await this.database.row(sql`select 1 from pg_timezone_names where name = ${declared}`);
    return known ? declared : this.settings.defaultTimeZone;
  }

  private async rememberOpenEnrolments({ schoolId, today }: SchoolContext): Promise<number> {
    await this.database.run(sql`drop table if exists open_enrolments`);
    await this.database.run(sql`
      create temporary table open_enrolments on commit drop as
      select distinct enrolment_id from enrolments e
      where school_id = ${schoolId} and ${isOpenOn('e', today)}`);
    const row = await this.database.row<{ count: number }>(
      sql`select count(*)::int as count from open_enrolments`,
    );
    return row!.count;
  }

  private async ended({ schoolId, today }: SchoolContext): Promise<{ name: string; ended: number }> {
    // A moved enrolment has not ended: it has another, open place.
    const row = await this.database.row<{ name: string; ended: number }>(sql`
      select s.name, (
        select count(*)::int from open_enrolments o
        where not exists (select 1 from enrolments e where e.school_id = s.school_id
          and e.enrolment_id = o.enrolment_id and ${isOpenOn('e', today)})) as ended
      from schools s where s.school_id = ${schoolId}`);
    return row!;
  }
}
