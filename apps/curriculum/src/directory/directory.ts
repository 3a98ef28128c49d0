import { Injectable } from '@nestjs/common';
import type {
  ClassRecordedV1,
  SchoolRecordedV1,
  StaffMemberRecordedV1,
  StudyGroupRecordedV1,
} from '@parta/contracts-contingent';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { LessonLayer } from '../timetable/lesson-layer.js';

/** Curriculum's copy of schools, classes, study groups and teachers; the newest version of each wins. */
@Injectable()
export class Directory {
  constructor(
    private readonly database: Database,
    private readonly lessons: LessonLayer,
  ) {}

  async onSchoolRecorded(school: SchoolRecordedV1, { aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into schools (school_id, name, kind, time_zone, version)
      values (${school.schoolId}, ${school.name}, ${school.kind}, ${school.timeZone}, ${aggregateVersion})
      on conflict (school_id) do update set name = excluded.name, kind = excluded.kind, time_zone = excluded.time_zone,
        version = excluded.version where schools.version < excluded.version`);
  }

  async onClassRecorded(one: ClassRecordedV1, { schoolId, aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into classes (school_id, id, title, grade_level, is_active, version)
      values (${schoolId}, ${one.classId}, ${one.title}, ${one.gradeLevel}, ${one.isActive}, ${aggregateVersion})
      on conflict (school_id, id) do update set title = excluded.title, grade_level = excluded.grade_level,
        is_active = excluded.is_active, version = excluded.version where classes.version < excluded.version`);
  }

  /** Coming lessons follow a new main teacher, and end with the group. */
  async onStudyGroupRecorded(
    group: StudyGroupRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into study_groups (school_id, id, class_id, title, subject_title, is_subgroup, teacher_ids, sourced_id, is_active, version)
      values (${schoolId}, ${group.groupId}, ${group.classId}, ${group.title}, ${group.subjectTitle}, ${group.isSubgroup},
        ${group.teacherIds}::uuid[], ${group.sourcedId}, ${group.isActive}, ${aggregateVersion})
      on conflict (school_id, id) do update set class_id = excluded.class_id, title = excluded.title,
        subject_title = excluded.subject_title, is_subgroup = excluded.is_subgroup, teacher_ids = excluded.teacher_ids,
        sourced_id = excluded.sourced_id, is_active = excluded.is_active, version = excluded.version
      where study_groups.version < excluded.version`);
    if (written > 0) await this.lessons.lay(schoolId!, [group.groupId]);
  }

  async onStaffMemberRecorded(
    person: StaffMemberRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const name = [person.familyName, person.givenName, person.middleName].filter(Boolean).join(' ');
    await this.database.run(sql`
      insert into teachers (school_id, id, name, version) values (${schoolId}, ${person.personId}, ${name}, ${aggregateVersion})
      on conflict (school_id, id) do update set name = excluded.name, version = excluded.version
      where teachers.version < excluded.version`);
  }
}
