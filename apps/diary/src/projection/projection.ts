import { Injectable } from '@nestjs/common';
import type { LessonsScheduledV1 } from '@parta/contracts-curriculum';
import type { AttendanceRecordedV1, LessonDescribedV1, MarkRecordedV1 } from '@parta/contracts-journal';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { LiveUpdates } from './live-updates.js';

/**
 * Lessons, topics, marks and absences as the facts tell. Each aggregate has its own table and its newest version wins,
 * so the order in which services are heard does not matter: a mark may come before its lesson.
 */
@Injectable()
export class Projection {
  constructor(
    private readonly database: Database,
    private readonly live: LiveUpdates,
  ) {}

  async onLessonsScheduled(
    { groupId, lessons }: LessonsScheduledV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const isNewer = await this.database.run(sql`
      insert into lesson_lists (school_id, group_id, version) values (${schoolId}, ${groupId}, ${aggregateVersion})
      on conflict (school_id, group_id) do update set version = excluded.version where lesson_lists.version < excluded.version`);
    if (isNewer === 0) return;
    await this.database.run(sql`
      update lessons set is_removed = true
      where school_id = ${schoolId} and group_id = ${groupId} and not is_removed
        and not id = any (${lessons.map((lesson) => lesson.lessonId)}::uuid[])`);
    await this.database.run(sql`
      insert into lessons (school_id, id, group_id, date, lesson_number, starts_at, ends_at, room, teacher_id)
      select ${schoolId}, x."lessonId", ${groupId}, x.date, x."lessonNumber", x."startsAt", x."endsAt", x.room, x."teacherId"
      from jsonb_to_recordset(${JSON.stringify(lessons)}::jsonb) as x("lessonId" uuid, date date, "lessonNumber" int,
        "startsAt" text, "endsAt" text, room text, "teacherId" uuid)
      on conflict (school_id, id) do update set date = excluded.date, lesson_number = excluded.lesson_number,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, room = excluded.room, teacher_id = excluded.teacher_id,
        is_removed = false`);
    await this.live.group('timetable', schoolId!, groupId, null);
  }

  async onLessonDescribed(
    lesson: LessonDescribedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const { homework } = lesson;
    const written = await this.database.run(sql`
      insert into lesson_descriptions (school_id, lesson_id, topic, homework, no_homework, homework_due, individual,
        comment_for_families, version)
      values (${schoolId}, ${lesson.lessonId}, ${lesson.topic}, ${homework.text}, ${homework.noHomework}, ${homework.dueDate},
        ${JSON.stringify(homework.individual)}::jsonb, ${lesson.commentForFamilies}, ${aggregateVersion})
      on conflict (school_id, lesson_id) do update set topic = excluded.topic, homework = excluded.homework,
        no_homework = excluded.no_homework, homework_due = excluded.homework_due, individual = excluded.individual,
        comment_for_families = excluded.comment_for_families, version = excluded.version
      where lesson_descriptions.version < excluded.version`);
    if (written > 0) await this.live.group('lesson', schoolId!, lesson.groupId, lesson.date);
  }

  async onMarkRecorded(
    mark: MarkRecordedV1,
    { schoolId, aggregateVersion, occurredAt }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into marks (school_id, id, student_id, lesson_id, date, subject_title, value, numeric_value, work_type_title, weight,
        comment, previous_value, is_annulled, recorded_at, version)
      values (${schoolId}, ${mark.markId}, ${mark.studentId}, ${mark.lessonId}, ${mark.date}, ${mark.subjectTitle}, ${mark.value},
        ${mark.numericValue}, ${mark.workTypeTitle}, ${mark.weight}, ${mark.comment}, ${mark.previousValue}, ${mark.isAnnulled},
        ${occurredAt}, ${aggregateVersion})
      on conflict (school_id, id) do update set value = excluded.value, numeric_value = excluded.numeric_value,
        work_type_title = excluded.work_type_title, weight = excluded.weight, comment = excluded.comment,
        previous_value = excluded.previous_value, is_annulled = excluded.is_annulled, recorded_at = excluded.recorded_at,
        version = excluded.version
      where marks.version < excluded.version`);
    if (written > 0) this.live.student('mark', schoolId!, mark.studentId, mark.date);
  }

  async onAttendanceRecorded(
    one: AttendanceRecordedV1,
    { schoolId, aggregateId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into attendance (school_id, id, student_id, lesson_id, date, subject_title, code, minutes_late, reason, version)
      values (${schoolId}, ${aggregateId}, ${one.studentId}, ${one.lessonId}, ${one.date}, ${one.subjectTitle}, ${one.code},
        ${one.minutesLate}, ${one.reason}, ${aggregateVersion})
      on conflict (school_id, id) do update set code = excluded.code, minutes_late = excluded.minutes_late,
        reason = excluded.reason, version = excluded.version
      where attendance.version < excluded.version`);
    if (written > 0) this.live.student('attendance', schoolId!, one.studentId, one.date);
  }
}
