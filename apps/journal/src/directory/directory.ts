import { Injectable } from '@nestjs/common';
import type {
  ClassRecordedV1,
  SchoolRecordedV1,
  StaffMemberRecordedV1,
  StudentRecordedV1,
  StudyGroupRecordedV1,
} from '@parta/contracts-contingent';
import type { ThematicPlanRecordedV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { usualWorkTypes } from '../marks/domain/work-types.js';

/** Journal's copy of the school: classes, groups, people, enrolments, plans. The newest version of each wins. */
@Injectable()
export class Directory {
  constructor(private readonly database: Database) {}

  /** A school that is new gets the usual kinds of work and the usual deadlines; both are its own from then on. */
  async onSchoolRecorded(school: SchoolRecordedV1, { aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into schools (school_id, name, time_zone, version)
      values (${school.schoolId}, ${school.name}, ${school.timeZone}, ${aggregateVersion})
      on conflict (school_id) do update set name = excluded.name, time_zone = excluded.time_zone, version = excluded.version
      where schools.version < excluded.version`);
    const isNew = await this.database.run(
      sql`insert into policies (school_id) values (${school.schoolId}) on conflict do nothing`,
    );
    if (isNew === 0) return;
    await this.database.run(sql`
      insert into work_types (school_id, id, title, short_code, weight, is_written, position)
      select ${school.schoolId}, x.id, x.title, x."shortCode", x.weight, x."isWritten", x.position
      from jsonb_to_recordset(${JSON.stringify(usualWorkTypes())}::jsonb)
        as x(id uuid, title text, "shortCode" text, weight numeric, "isWritten" boolean, position int)`);
  }

  async onClassRecorded(one: ClassRecordedV1, { schoolId, aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into classes (school_id, id, title, grade_level, homeroom_teacher_ids, is_active, version)
      values (${schoolId}, ${one.classId}, ${one.title}, ${one.gradeLevel}, ${one.homeroomTeacherIds}::uuid[], ${one.isActive}, ${aggregateVersion})
      on conflict (school_id, id) do update set title = excluded.title, grade_level = excluded.grade_level,
        homeroom_teacher_ids = excluded.homeroom_teacher_ids, is_active = excluded.is_active, version = excluded.version
      where classes.version < excluded.version`);
  }

  async onStudyGroupRecorded(
    group: StudyGroupRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    await this.database.run(sql`
      insert into study_groups (school_id, id, class_id, title, subject_title, teacher_ids, is_active, version)
      values (${schoolId}, ${group.groupId}, ${group.classId}, ${group.title}, ${group.subjectTitle}, ${group.teacherIds}::uuid[],
        ${group.isActive}, ${aggregateVersion})
      on conflict (school_id, id) do update set class_id = excluded.class_id, title = excluded.title,
        subject_title = excluded.subject_title, teacher_ids = excluded.teacher_ids, is_active = excluded.is_active,
        version = excluded.version
      where study_groups.version < excluded.version`);
  }

  async onStaffMemberRecorded(
    person: StaffMemberRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const name = [person.familyName, person.givenName, person.middleName].filter(Boolean).join(' ');
    await this.database.run(sql`
      insert into staff (school_id, id, name, version) values (${schoolId}, ${person.personId}, ${name}, ${aggregateVersion})
      on conflict (school_id, id) do update set name = excluded.name, version = excluded.version
      where staff.version < excluded.version`);
  }

  async onStudentRecorded(
    student: StudentRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into students (school_id, id, family_name, given_name, class_id, is_active, version)
      values (${schoolId}, ${student.personId}, ${student.familyName}, ${student.givenName}, ${student.classId}, ${student.isActive}, ${aggregateVersion})
      on conflict (school_id, id) do update set family_name = excluded.family_name, given_name = excluded.given_name,
        class_id = excluded.class_id, is_active = excluded.is_active, version = excluded.version
      where students.version < excluded.version`);
    if (written === 0) return;
    await this.database.run(
      sql`delete from enrolments where school_id = ${schoolId} and student_id = ${student.personId}`,
    );
    await this.database.run(sql`
      insert into enrolments (school_id, group_id, student_id, from_date, to_date)
      select ${schoolId}, x."groupId", ${student.personId}, coalesce(x."from", '-infinity'), x."to"
      from jsonb_to_recordset(${JSON.stringify(student.enrolments)}::jsonb) as x("groupId" uuid, "from" date, "to" date)
      on conflict do nothing`);
  }

  async onThematicPlanRecorded(
    plan: ThematicPlanRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    await this.database.run(sql`
      insert into thematic_plans (school_id, group_id, lessons, version)
      values (${schoolId}, ${plan.groupId}, ${JSON.stringify(plan.lessons)}::jsonb, ${aggregateVersion})
      on conflict (school_id, group_id) do update set lessons = excluded.lessons, version = excluded.version
      where thematic_plans.version < excluded.version`);
  }
}
