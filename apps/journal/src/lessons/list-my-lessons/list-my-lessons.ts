import { Controller } from '@nestjs/common';
import { listMyLessons, type DayLessons, type LessonRow, type LessonsOfDay } from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { personsAs, READERS } from '../lesson.access.js';
import { lessonRowColumns, lessonTables } from '../lesson-rows.js';

@Controller()
export class ListMyLessons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listMyLessons)
  async execute(@Input() { date }: LessonsOfDay, @Caller() actor: Actor): Promise<DayLessons> {
    const lessons = await this.database.rows<LessonRow>(sql`
      select ${lessonRowColumns(this.clock.now())}
      from ${lessonTables}
      where l.school_id = any (${actor.schools(READERS)}::uuid[]) and l.teacher_id = any (${personsAs(actor, READERS)}::uuid[])
        and l.date = ${date} and not l.is_removed
      order by l.starts_at, g.title`);
    return { date, lessons };
  }
}
