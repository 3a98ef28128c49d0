import { Injectable } from '@nestjs/common';
import { runningYear, schoolYearRecorded } from '@parta/contracts-curriculum';
import type { AcademicYearRecordedV1 } from '@parta/contracts-contingent';
import type { Envelope } from '@parta/platform-contract';
import { Outbox } from '@parta/platform-messaging';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Clock, type Actor } from '@parta/platform-rpc';
import {
  defaultBells,
  publicHolidays,
  TRANSFERS_AFTER_END_DAYS,
  todayIn,
  type SchoolYear,
} from './school-year.js';

/** School years as stored. */
@Injectable()
export class SchoolYears {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The year that lessons are laid in: the one that runs today, else the next to come, so that autumn is prepared in
   * summer, else the last one; null before the roster brought any.
   */
  async toLay(schoolId: string): Promise<SchoolYear | null> {
    const years = await this.select(sql`y.school_id = ${schoolId}`);
    const zone = years[0]?.timeZone;
    if (!zone) return null;
    const today = todayIn(zone, this.clock.now());
    const running = runningYear(years, today);
    return running && running.endDate < today
      ? (years.find((year) => year.startDate > today) ?? running)
      : running;
  }

  /** The running year of each school in the running unit of work, and its earlier ones, the latest first. */
  async ofAll(): Promise<{ running: SchoolYear; earlier: SchoolYear[] }[]> {
    const years = Map.groupBy(await this.select(sql`s.school_id is not null`), (year) => year.schoolId);
    return [...years.values()].map((list) => {
      const running = runningYear(list, todayIn(list[0]!.timeZone, this.clock.now()))!;
      const earlier = list.filter((year) => year.startDate < running.startDate).reverse();
      return { running, earlier };
    });
  }

  /** The region gives the year; days off and bells are the school's own and stay, from one year to the next too. */
  async onAcademicYearRecorded(
    year: AcademicYearRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const periods = year.periods.map(({ parentId: _, ...period }) => period);
    const written = await this.database.run(sql`
      insert into school_years (school_id, id, title, start_date, end_date, periods, bells, source_version, version)
      values (${schoolId}, ${year.academicYearId}, ${year.title}, ${year.startDate}, ${year.endDate}, ${JSON.stringify(periods)}::jsonb,
        coalesce((select bells from school_years where school_id = ${schoolId} order by start_date desc, id desc limit 1),
          ${JSON.stringify(defaultBells())}::jsonb), ${aggregateVersion}, 0)
      on conflict (school_id, id) do update set title = excluded.title, start_date = excluded.start_date,
        end_date = excluded.end_date, periods = excluded.periods, source_version = excluded.source_version
      where school_years.source_version < excluded.source_version`);
    if (written === 0) return;
    const holidays = publicHolidays(year.startDate, year.endDate);
    await this.database.run(sql`
      insert into days_off (school_id, date, kind, title)
      select ${schoolId}, x.date, x.kind, x.title
      from jsonb_to_recordset(${JSON.stringify(holidays)}::jsonb) as x(date date, kind text, title text) on conflict do nothing`);
    await this.publish(schoolId!, year.academicYearId);
  }

  /** Says what the year is like now; after every change of it. */
  async publish(schoolId: string, yearId: string, actor?: Actor): Promise<void> {
    const bumped = await this.database.row<{ version: number }>(sql`
      update school_years set version = version + 1 where school_id = ${schoolId} and id = ${yearId} returning version`);
    // Of a school that is not known yet, when another replica has the fact about it in hand.
    const [year] = await this.select(sql`y.school_id = ${schoolId} and y.id = ${yearId}`);
    const { id, title, startDate, endDate, periods, daysOff, transfers, bells } = year!;
    this.outbox.record(
      schoolYearRecorded,
      { schoolId, aggregateId: id, aggregateVersion: bumped!.version, actor: actor?.asFactActor(schoolId) },
      { academicYearId: id, title, startDate, endDate, periods, daysOff, transfers, bells },
    );
  }

  private select(where: SqlFragment): Promise<SchoolYear[]> {
    return this.database.rows<SchoolYear>(sql`
      select y.id, y.school_id as "schoolId", y.title, to_char(y.start_date, 'YYYY-MM-DD') as "startDate",
        to_char(y.end_date, 'YYYY-MM-DD') as "endDate", s.time_zone as "timeZone", s.kind as "schoolKind", y.periods, y.bells,
        coalesce((select json_agg(json_build_object('date', to_char(d.date, 'YYYY-MM-DD'), 'kind', d.kind, 'title', d.title) order by d.date)
          from days_off d where d.school_id = y.school_id and d.date between y.start_date and y.end_date), '[]') as "daysOff",
        coalesce((select json_agg(json_build_object('date', to_char(d.date, 'YYYY-MM-DD'), 'weekday', d.weekday) order by d.date)
          from school_day_transfers d where d.school_id = y.school_id and d.date between y.start_date and y.end_date + ${TRANSFERS_AFTER_END_DAYS}::int),
          '[]') as transfers
      from school_years y left join schools s on s.school_id = y.school_id
      where ${where} order by y.school_id, y.start_date, y.id`);
  }
}
