import { Injectable } from '@nestjs/common';
import type {
  ClassRecordedV1,
  SchoolRecordedV1,
  StaffMemberRecordedV1,
  StudentRecordedV1,
  StudyGroupRecordedV1,
} from '@parta/contracts-contingent';
import type { SchoolYearRecordedV1 } from '@parta/contracts-curriculum';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';

/** Who learns where, and from whom: the diary's copy. The newest version of each record wins. */
@Injectable()
export class Directory {
  constructor(private readonly database: Database) {}

  async onSchoolRecorded(school: SchoolRecordedV1, { aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into schools (school_id, kind, time_zone, version)
      values (${school.schoolId}, ${school.kind}, ${school.timeZone}, ${aggregateVersion})
      on conflict (school_id) do update set kind = excluded.kind, time_zone = excluded.time_zone, version = excluded.version
      where schools.version < excluded.version`);
  }

  async onSchoolYearRecorded(
    year: SchoolYearRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    await this.database.run(sql`
      insert into school_years (school_id, id, start_date, end_date, periods, days_off, version)
      values (${schoolId}, ${year.academicYearId}, ${year.startDate}, ${year.endDate}, ${JSON.stringify(year.periods)}::jsonb,
        ${JSON.stringify(year.daysOff)}::jsonb, ${aggregateVersion})
      on conflict (school_id, id) do update set start_date = excluded.start_date, end_date = excluded.end_date,
        periods = excluded.periods, days_off = excluded.days_off, version = excluded.version
      where school_years.version < excluded.version`);
  }

  async onClassRecorded(one: ClassRecordedV1, { schoolId, aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into classes (school_id, id, title, grade_level, homeroom_teacher_ids, version)
      values (${schoolId}, ${one.classId}, ${one.title}, ${one.gradeLevel}, ${one.homeroomTeacherIds}::uuid[], ${aggregateVersion})
      on conflict (school_id, id) do update set title = excluded.title, grade_level = excluded.grade_level,
        homeroom_teacher_ids = excluded.homeroom_teacher_ids, version = excluded.version
      where classes.version < excluded.version`);
  }

  async onStudyGroupRecorded(
    group: StudyGroupRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    await this.database.run(sql`
      insert into study_groups (school_id, id, subject_title, teacher_ids, version)
      values (${schoolId}, ${group.groupId}, ${group.subjectTitle}, ${group.teacherIds}::uuid[], ${aggregateVersion})
      on conflict (school_id, id) do update set subject_title = excluded.subject_title, teacher_ids = excluded.teacher_ids,
        version = excluded.version where study_groups.version < excluded.version`);
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
    const name = `${student.familyName} ${student.givenName}`;
    const written = await this.database.run(sql`
      insert into students (school_id, id, name, class_id, version)
      values (${schoolId}, ${student.personId}, ${name}, ${student.classId}, ${aggregateVersion})
      on conflict (school_id, id) do update set name = excluded.name, class_id = excluded.class_id, version = excluded.version
      where students.version < excluded.version`);
    if (written === 0) return;
    await this.database.run(
      sql`delete from enrolments where school_id = ${schoolId} and student_id = ${student.personId}`,
    );
    await this.database.run(sql`
      insert into enrolments (school_id, student_id, group_id, from_date, to_date)
      select ${schoolId}, ${student.personId}, x."groupId", coalesce(x."from", '-infinity'), x."to"
      from jsonb_to_recordset(${JSON.stringify(student.enrolments)}::jsonb) as x("groupId" uuid, "from" date, "to" date)
      on conflict do nothing`);
  }
}
