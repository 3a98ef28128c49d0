import { Controller } from '@nestjs/common';
import {
  describeLesson,
  type DescribedLesson,
  type DescribeLesson as Command,
  type HomeworkView,
} from '@parta/contracts-journal';
import { STAFF_ROLES } from '@parta/platform-contract';
import { Conflict, DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { PublishedEvents } from '../../integration/published-events.js';
import { Changes } from '../../marks/changes.js';
import { entriesAreMadeInTheirWindow, isLateEntry } from '../../policy/entry-window.js';
import { onlyTheLessonsTeacherWrites, type OpenedLesson } from '../lesson.access.js';

interface Description {
  topic: string | null;
  workTypeId: string | null;
  homework: HomeworkView;
  commentForFamilies: string | null;
}

@Controller()
export class DescribeLesson {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly events: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(describeLesson)
  async execute(@Input() command: Command, @Caller() actor: Actor): Promise<DescribedLesson> {
    const now = this.clock.now();
    // Asked for in one go: the second statement begins when the first has the lock.
    const [lesson, stored] = await Promise.all([
      onlyTheLessonsTeacherWrites(this.database, actor, command.lessonId),
      this.read(actor, command.lessonId),
    ]);
    entriesAreMadeInTheirWindow(lesson.window, now);
    if (command.version !== lesson.descriptionVersion) {
      throw new Conflict('journal.lesson-stale', 'topic or homework have changed since they were read', {
        version: lesson.descriptionVersion,
      });
    }
    const before = stored!;
    const after: Description = {
      topic: command.topic === undefined ? before.topic : command.topic,
      workTypeId: command.workTypeId === undefined ? before.workTypeId : command.workTypeId,
      homework: command.homework ?? before.homework,
      commentForFamilies:
        command.commentForFamilies === undefined ? before.commentForFamilies : command.commentForFamilies,
    };
    noHomeworkMeansNone(after.homework);
    homeworkIsNotDueBeforeItsLesson(lesson, before.homework, after.homework);
    await this.check(lesson, before, after);
    this.store(lesson, before, after);
    const version = lesson.descriptionVersion + 1;
    this.changes.keep(lesson.schoolId, actor, now, [
      {
        lessonId: lesson.lessonId,
        studentId: null,
        markId: null,
        subject: 'lesson',
        before: JSON.stringify(before),
        after: JSON.stringify(after),
        reason: null,
        isLate: isLateEntry(lesson.window, now, false),
      },
    ]);
    this.events.lessonDescribed(lesson, actor, now, version, {
      topic: after.topic,
      homework: after.homework,
      commentForFamilies: after.commentForFamilies,
    });
    return { version, savedAt: now.toISOString() };
  }

  private read(actor: Actor, lessonId: string): Promise<Description | null> {
    return this.database.row<Description>(sql`
      select l.topic, l.work_type_id as "workTypeId", l.comment_for_families as "commentForFamilies",
        json_build_object('text', l.homework, 'noHomework', l.no_homework, 'dueDate', to_char(l.homework_due, 'YYYY-MM-DD'),
          'individual', coalesce((select json_agg(json_build_object('studentId', h.student_id, 'text', h.text) order by h.student_id)
            from individual_homework h where h.school_id = l.school_id and h.lesson_id = l.id), '[]')) as homework
      from lessons l where ${sql.oneOf('l.school_id', actor.schools(STAFF_ROLES))} and l.id = ${lessonId}`);
  }

  private async check(lesson: OpenedLesson, before: Description, description: Description): Promise<void> {
    if (description.workTypeId === before.workTypeId && description.homework.individual.length === 0) return;
    // Who has homework already keeps it, be it that a move dated back says the pupil had left.
    const had = new Set(before.homework.individual.map((one) => one.studentId));
    const pupils = description.homework.individual.map((one) => one.studentId).filter((id) => !had.has(id));
    const facts = await this.database.row<{ workType: boolean; pupils: number }>(sql`
      select ${description.workTypeId}::uuid is null or exists (select 1 from work_types w where w.school_id = ${lesson.schoolId}
          and w.id = ${description.workTypeId}::uuid) as "workType",
        (select count(distinct e.student_id)::int from enrolments e where e.school_id = ${lesson.schoolId}
          and e.group_id = ${lesson.groupId} and e.student_id = any (${pupils}::uuid[])
          and e.from_date <= ${lesson.date} and (e.to_date is null or e.to_date >= ${lesson.date})) as pupils`);
    if (!facts!.workType)
      throw new DomainError('invalid', 'journal.work-type-unknown', 'no such kind of work in this school');
    if (facts!.pupils !== new Set(pupils).size) {
      throw new DomainError(
        'conflict',
        'journal.student-not-in-group',
        'homework is for pupils of the group',
      );
    }
  }

  private store(
    { schoolId, lessonId }: OpenedLesson,
    before: Description,
    { topic, workTypeId, homework, commentForFamilies }: Description,
  ): void {
    this.database.send(sql`
      update lessons set topic = ${topic}, work_type_id = ${workTypeId}, homework = ${homework.text},
        no_homework = ${homework.noHomework}, homework_due = ${homework.dueDate}, comment_for_families = ${commentForFamilies},
        description_version = description_version + 1
      where school_id = ${schoolId} and id = ${lessonId}`);
    if (before.homework.individual.length > 0)
      this.database.send(
        sql`delete from individual_homework where school_id = ${schoolId} and lesson_id = ${lessonId}`,
      );
    if (homework.individual.length > 0)
      this.database.send(sql`
        insert into individual_homework (school_id, lesson_id, student_id, text)
        select ${schoolId}, ${lessonId}, x."studentId", x.text
        from jsonb_to_recordset(${JSON.stringify(homework.individual)}::jsonb) as x("studentId" uuid, text text)`);
  }
}

/** A date that is stored already is let be: it came when nobody looked. */
function homeworkIsNotDueBeforeItsLesson(
  { date }: OpenedLesson,
  before: HomeworkView,
  { dueDate }: HomeworkView,
): void {
  if (dueDate === null || dueDate >= date || dueDate === before.dueDate) return;
  throw new DomainError(
    'invalid',
    'journal.homework-due-before-lesson',
    'homework is due before its lesson',
    {
      details: { date },
    },
  );
}

/** «Без задания» and a task exclude each other (R133). */
function noHomeworkMeansNone(homework: HomeworkView): void {
  if (homework.noHomework && (homework.text || homework.individual.length > 0)) {
    throw new DomainError('invalid', 'journal.homework-contradiction', 'there is homework, or there is none');
  }
}
