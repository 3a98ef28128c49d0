import { Injectable } from '@nestjs/common';
import type { HomeworkView, JournalEntry } from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, type Clock } from '@parta/platform-rpc';
import { LiveUpdates } from '../integration/live-updates.js';
import { PublishedEvents } from '../integration/published-events.js';
import { DescribeLesson } from '../lessons/describe-lesson/describe-lesson.js';
import { TakeAttendance } from '../lessons/take-attendance/take-attendance.js';
import { Changes } from '../marks/changes.js';
import { RecordEntries } from '../marks/record-entries/record-entries.js';
import { SheetRows } from '../marks/sheet-rows.js';
import { WorkTypes } from '../marks/work-types.js';

/** A lesson that has been, to be written up. */
export interface PastLesson {
  lessonId: string;
  schoolId: string;
  subjectTitle: string;
  gradeLevel: number | null;
  /** first of the group's lessons is 1 */
  ordinal: number;
  date: string;
  /** when it ended */
  endedAt: Date;
  teacherId: string;
  teacherName: string;
  studentIds: string[];
}

/** What its teacher wrote then. */
export interface WrittenUp {
  topic: string;
  workTypeId: string | null;
  homework: HomeworkView;
  entries: JournalEntry[];
  /** when the teacher wrote it */
  at: Date;
}

/**
 * Brings in lessons as their teachers wrote them up in the past, by the same rules and with the same history and facts
 * as if Parta had been there: the use cases run with the clock of that hour.
 */
@Injectable()
export class JournalHistory {
  constructor(
    private readonly database: Database,
    private readonly workTypes: WorkTypes,
    private readonly rows: SheetRows,
    private readonly changes: Changes,
    private readonly events: PublishedEvents,
    private readonly live: LiveUpdates,
  ) {}

  /** The lessons between two dates that nobody has described yet, in their order. */
  async unwritten(schoolId: string, from: string, to: string): Promise<PastLesson[]> {
    const rows = await this.database.read({ schools: [schoolId] }, () =>
      this.database.rows<Omit<PastLesson, 'endedAt'> & { endedAt: string }>(sql`
        with numbered as materialized (
          select *, row_number() over (partition by group_id order by date, lesson_number)::int as ordinal
          from lessons where school_id = ${schoolId} and not is_removed
        )
        select l.id as "lessonId", l.school_id as "schoolId", g.subject_title as "subjectTitle", l.ordinal,
          (select c.grade_level from classes c where c.school_id = g.school_id and c.id = g.class_id) as "gradeLevel",
          to_char(l.date, 'YYYY-MM-DD') as date, ((l.date + l.ends_at::time) at time zone s.time_zone) as "endedAt",
          l.teacher_id as "teacherId",
          (select t.name from staff t where t.school_id = l.school_id and t.id = l.teacher_id) as "teacherName",
          array(select distinct e.student_id from enrolments e where e.school_id = l.school_id and e.group_id = l.group_id
            and e.from_date <= l.date and (e.to_date is null or e.to_date >= l.date)) as "studentIds"
        from numbered l
          join schools s on s.school_id = l.school_id
          join study_groups g on g.school_id = l.school_id and g.id = l.group_id
        where l.date between ${from}::date and ${to}::date and l.description_version = 0 and l.teacher_id is not null
        order by l.date, l.starts_at, l.id`),
    );
    return rows.map((row) => ({ ...row, endedAt: new Date(row.endedAt) }));
  }

  /** Kinds of work of a school by their short codes. */
  async workTypesOf(schoolId: string): Promise<Map<string, string>> {
    const list = await this.database.read({ schools: [schoolId] }, () => this.workTypes.of([schoolId]));
    return new Map(list.map((workType) => [workType.shortCode, workType.workTypeId]));
  }

  /** Writes lessons of one school up, in one transaction. */
  async write(schoolId: string, lessons: readonly (readonly [PastLesson, WrittenUp])[]): Promise<void> {
    await this.database.write({ schools: [schoolId] }, async () => {
      for (const [lesson, written] of lessons) await this.writeOne(lesson, written);
    });
  }

  private async writeOne(lesson: PastLesson, written: WrittenUp): Promise<void> {
    const clock: Clock = { now: () => written.at };
    // The account of a time before accounts: the teacher's person record stands for it.
    const actor = new Actor(
      'account',
      lesson.teacherId,
      lesson.teacherName,
      null,
      [{ role: 'teacher', schoolId: lesson.schoolId, personId: lesson.teacherId }],
      [],
    );
    await new DescribeLesson(this.database, this.changes, this.events, clock).execute(
      {
        lessonId: lesson.lessonId,
        version: 0,
        topic: written.topic,
        workTypeId: written.workTypeId,
        homework: written.homework,
      },
      actor,
    );
    if (written.entries.length === 0) {
      await new TakeAttendance(this.database, this.changes, this.live, clock).execute(
        { lessonId: lesson.lessonId, isTaken: true },
        actor,
      );
      return;
    }
    await new RecordEntries(this.database, this.rows, this.changes, this.events, clock).execute(
      { lessonId: lesson.lessonId, entries: written.entries },
      actor,
    );
  }
}
