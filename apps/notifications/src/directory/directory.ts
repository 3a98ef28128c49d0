import { Injectable } from '@nestjs/common';
import type {
  ClassRecordedV1,
  GuardianRecordedV1,
  SchoolRecordedV1,
  StudentRecordedV1,
} from '@parta/contracts-contingent';
import type { Envelope } from '@parta/platform-contract';
import { Database, newestWins, sql } from '@parta/platform-persistence';

/** Whose child is whose, and where families are to be reached: a copy, in which the newest version wins. */
@Injectable()
export class Directory {
  constructor(private readonly database: Database) {}

  async onSchoolRecorded(school: SchoolRecordedV1, { aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(
      newestWins('schools', ['school_id'], {
        school_id: school.schoolId,
        name: school.name,
        time_zone: school.timeZone,
        version: aggregateVersion,
      }),
    );
  }

  async onClassRecorded(one: ClassRecordedV1, { schoolId, aggregateVersion }: Envelope): Promise<void> {
    await this.database.run(
      newestWins('classes', ['school_id', 'id'], {
        school_id: schoolId,
        id: one.classId,
        title: one.title,
        version: aggregateVersion,
      }),
    );
  }

  async onStudentRecorded(
    student: StudentRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(
      newestWins('students', ['school_id', 'id'], {
        school_id: schoolId,
        id: student.personId,
        family_name: student.familyName,
        given_name: student.givenName,
        class_id: student.classId,
        version: aggregateVersion,
      }),
    );
    if (written === 0) return;
    await this.database.run(sql`
      with gone as (delete from enrolments where school_id = ${schoolId} and student_id = ${student.personId}
        and not (group_id, from_date) in (select x."groupId", coalesce(x."from", '-infinity')
          from jsonb_to_recordset(${JSON.stringify(student.enrolments)}::jsonb) as x("groupId" uuid, "from" date)))
      insert into enrolments (school_id, student_id, group_id, from_date, to_date)
      select ${schoolId}, ${student.personId}, x."groupId", coalesce(x."from", '-infinity'), x."to"
      from jsonb_to_recordset(${JSON.stringify(student.enrolments)}::jsonb) as x("groupId" uuid, "from" date, "to" date)
      on conflict (school_id, student_id, group_id, from_date) do update set to_date = excluded.to_date`);
  }

  async onGuardianRecorded(
    guardian: GuardianRecordedV1,
    { schoolId, aggregateVersion }: Envelope,
  ): Promise<void> {
    const written = await this.database.run(
      newestWins('guardians', ['school_id', 'id'], {
        school_id: schoolId,
        id: guardian.personId,
        name: [guardian.familyName, guardian.givenName, guardian.middleName].filter(Boolean).join(' '),
        email: guardian.email,
        phone: guardian.phone,
        is_active: guardian.isActive,
        version: aggregateVersion,
      }),
    );
    if (written === 0) return;
    await this.database.run(sql`
      with gone as (delete from guardian_children where school_id = ${schoolId} and guardian_id = ${guardian.personId}
        and not student_id = any (${guardian.studentIds}::uuid[]))
      insert into guardian_children (school_id, student_id, guardian_id)
      select ${schoolId}, id, ${guardian.personId} from unnest(${guardian.studentIds}::uuid[]) as id
      on conflict do nothing`);
  }
}
