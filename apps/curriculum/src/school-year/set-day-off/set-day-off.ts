import { Controller } from '@nestjs/common';
import {
  clearDayOff,
  setDayOff,
  transferSchoolDay,
  type ClearDayOff,
  type SetDayOff,
  type TransferSchoolDay,
} from '@parta/contracts-curriculum';
import type { Done } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { LessonLayer } from '../../timetable/lesson-layer.js';
import { onlyComingDaysChange, onlyTheAdministrationSetsTheCalendar } from '../calendar.access.js';
import { TRANSFERS_AFTER_END_DAYS } from '../school-year.js';
import { SchoolYears } from '../school-years.js';

@Controller()
export class SetDaysOff {
  constructor(
    private readonly database: Database,
    private readonly years: SchoolYears,
    private readonly lessons: LessonLayer,
    private readonly clock: Clock,
  ) {}

  @Handles(setDayOff)
  async set(@Input() { schoolId, date, title }: SetDayOff, @Caller() actor: Actor): Promise<Done> {
    onlyTheAdministrationSetsTheCalendar(actor, schoolId);
    const year = await this.years.toLay(schoolId);
    onlyComingDaysChange(year, date, this.clock.now());
    await this.database.run(
      sql`delete from school_day_transfers where school_id = ${schoolId} and date = ${date}`,
    );
    await this.database.run(sql`
      insert into days_off (school_id, date, kind, title) values (${schoolId}, ${date}, 'day-off', ${title})
      on conflict (school_id, date) do update set title = excluded.title`);
    return this.apply(schoolId, year.id, actor);
  }

  /** The later word counts: a day off that is taught after all is one no more, and the other way round. */
  @Handles(transferSchoolDay)
  async transfer(
    @Input() { schoolId, date, weekday }: TransferSchoolDay,
    @Caller() actor: Actor,
  ): Promise<Done> {
    onlyTheAdministrationSetsTheCalendar(actor, schoolId);
    const year = await this.years.toLay(schoolId);
    onlyComingDaysChange(year, date, this.clock.now(), TRANSFERS_AFTER_END_DAYS);
    await this.database.run(sql`delete from days_off where school_id = ${schoolId} and date = ${date}`);
    await this.database.run(sql`
      insert into school_day_transfers (school_id, date, weekday) values (${schoolId}, ${date}, ${weekday})
      on conflict (school_id, date) do update set weekday = excluded.weekday`);
    return this.apply(schoolId, year.id, actor);
  }

  @Handles(clearDayOff)
  async clear(@Input() { schoolId, date }: ClearDayOff, @Caller() actor: Actor): Promise<Done> {
    onlyTheAdministrationSetsTheCalendar(actor, schoolId);
    const year = await this.years.toLay(schoolId);
    onlyComingDaysChange(year, date, this.clock.now());
    await this.database.run(sql`delete from days_off where school_id = ${schoolId} and date = ${date}`);
    return this.apply(schoolId, year.id, actor);
  }

  private async apply(schoolId: string, yearId: string, actor: Actor): Promise<Done> {
    await this.years.publish(schoolId, yearId, actor);
    await this.lessons.lay(schoolId);
    return {};
  }
}
