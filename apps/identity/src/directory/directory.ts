import { Injectable } from '@nestjs/common';
import type {
  ClassRecordedV1,
  GuardianRecordedV1,
  SchoolRecordedV1,
  StaffMemberRecordedV1,
  StudentRecordedV1,
} from '@parta/contracts-contingent';
import { STAFF_ROLES, type Envelope } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { EndedAccess } from './ended-access.js';

type Recorded = StaffMemberRecordedV1 | StudentRecordedV1 | GuardianRecordedV1;

/** Roles that say nothing without a class: they follow from the class's record, not from the person's. */
const OF_A_CLASS: readonly string[] = ['homeroom-teacher', 'group-curator'];

/**
 * Identity's own copy of the schools, classes and people it gives accounts to, built from contingent's facts alone.
 * A record older than the one at hand changes nothing, so facts may come twice and in any order.
 */
@Injectable()
export class Directory {
  constructor(
    private readonly database: Database,
    private readonly ended: EndedAccess,
  ) {}

  async recordSchool(school: SchoolRecordedV1, envelope: Envelope): Promise<void> {
    await this.database.run(sql`
      insert into schools (school_id, name, kind, time_zone, is_active, version)
      values (${schoolOf(envelope)}, ${school.name}, ${school.kind}, ${school.timeZone}, ${school.isActive},
        ${envelope.aggregateVersion})
      on conflict (school_id) do update set name = excluded.name, kind = excluded.kind,
        time_zone = excluded.time_zone, is_active = excluded.is_active, version = excluded.version
      where schools.version < excluded.version`);
  }

  async recordClass(record: ClassRecordedV1, envelope: Envelope): Promise<void> {
    const schoolId = schoolOf(envelope);
    const before = await this.database.row<{ teachers: string[] }>(sql`
      select homeroom_teacher_ids as teachers from classes
      where school_id = ${schoolId} and class_id = ${record.classId} and version < ${envelope.aggregateVersion}`);
    const still = record.isActive ? record.homeroomTeacherIds : [];
    await this.ended.ofPeople(schoolId, before?.teachers.filter((id) => !still.includes(id)) ?? []);
    await this.database.run(sql`
      insert into classes (school_id, class_id, title, grade_level, kind, homeroom_teacher_ids, is_active, version)
      values (${schoolId}, ${record.classId}, ${record.title}, ${record.gradeLevel}, ${record.kind},
        ${record.homeroomTeacherIds}::uuid[], ${record.isActive}, ${envelope.aggregateVersion})
      on conflict (school_id, class_id) do update set title = excluded.title, grade_level = excluded.grade_level,
        kind = excluded.kind, homeroom_teacher_ids = excluded.homeroom_teacher_ids, is_active = excluded.is_active,
        version = excluded.version
      where classes.version < excluded.version`);
  }

  async recordStaffMember(member: StaffMemberRecordedV1, envelope: Envelope): Promise<void> {
    const known: readonly string[] = STAFF_ROLES;
    const roles = [...new Set(member.roles)].filter(
      (role) => known.includes(role) && !OF_A_CLASS.includes(role),
    );
    await this.recordPerson('staff', member, envelope, { rosterRoles: roles });
  }

  async recordStudent(student: StudentRecordedV1, envelope: Envelope): Promise<void> {
    if (!(await this.recordPerson('student', student, envelope, { classId: student.classId }))) return;
    await this.nameRelatives(
      sql.trusted('student_id'),
      sql.trusted('guardian_id'),
      sql.trusted('named_by_student'),
      {
        schoolId: schoolOf(envelope),
        personId: student.personId,
        relativeIds: student.guardianIds,
      },
    );
  }

  async recordGuardian(guardian: GuardianRecordedV1, envelope: Envelope): Promise<void> {
    if (!(await this.recordPerson('guardian', guardian, envelope, { guardianKind: guardian.kind }))) return;
    await this.nameRelatives(
      sql.trusted('guardian_id'),
      sql.trusted('student_id'),
      sql.trusted('named_by_guardian'),
      {
        schoolId: schoolOf(envelope),
        personId: guardian.personId,
        relativeIds: guardian.studentIds,
      },
    );
  }

  /** @returns whether the record was newer than the one at hand */
  private async recordPerson(
    kind: 'staff' | 'student' | 'guardian',
    person: Recorded,
    envelope: Envelope,
    more: { rosterRoles?: string[]; classId?: string | null; guardianKind?: string },
  ): Promise<boolean> {
    const schoolId = schoolOf(envelope);
    const before = await this.database.row<{ counted: boolean; roles: string[] }>(sql`
      select is_active and access_is_enabled as counted, roster_roles as roles from people
      where school_id = ${schoolId} and person_id = ${person.personId} and kind = ${kind}
        and version < ${envelope.aggregateVersion}`);
    const counts = person.isActive && (person.accessIsEnabled ?? true);
    const hasLost = before?.roles.some((role) => !more.rosterRoles?.includes(role));
    if (before?.counted && (!counts || hasLost)) await this.ended.ofPeople(schoolId, [person.personId]);
    const written = await this.database.run(sql`
      insert into people (school_id, person_id, kind, family_name, given_name, middle_name, username, is_active,
        access_is_enabled, roster_roles, class_id, guardian_kind, version)
      values (${schoolId}, ${person.personId}, ${kind}, ${person.familyName}, ${person.givenName}, ${person.middleName},
        ${person.username}, ${person.isActive}, ${person.accessIsEnabled ?? true}, ${more.rosterRoles ?? []}::text[], ${more.classId ?? null},
        ${more.guardianKind ?? null}, ${envelope.aggregateVersion})
      on conflict (school_id, person_id, kind) do update set family_name = excluded.family_name,
        given_name = excluded.given_name, middle_name = excluded.middle_name, username = excluded.username,
        is_active = excluded.is_active, access_is_enabled = excluded.access_is_enabled, roster_roles = excluded.roster_roles, class_id = excluded.class_id,
        guardian_kind = excluded.guardian_kind, version = excluded.version
      where people.version < excluded.version`);
    if (written === 0) return false;
    await this.database.run(sql`
      insert into person_locations (person_id, school_id) values (${person.personId}, ${schoolId}) on conflict do nothing`);
    return true;
  }

  private async nameRelatives(
    own: SqlFragment,
    other: SqlFragment,
    namedByOwn: SqlFragment,
    tie: { schoolId: string; personId: string; relativeIds: string[] },
  ): Promise<void> {
    const gone = await this.database.rows<{ guardian_id: string }>(sql`
      update guardianships set ${namedByOwn} = false
      where school_id = ${tie.schoolId} and ${own} = ${tie.personId} and ${namedByOwn}
        and ${other} <> all (${tie.relativeIds}::uuid[])
      returning guardian_id`);
    await this.ended.ofPeople(
      tie.schoolId,
      gone.map((row) => row.guardian_id),
    );
    await this.database.run(sql`
      insert into guardianships (school_id, ${own}, ${other}, ${namedByOwn})
      select ${tie.schoolId}, ${tie.personId}, id, true from unnest(${[...new Set(tie.relativeIds)]}::uuid[]) as id
      on conflict (school_id, student_id, guardian_id) do update set ${namedByOwn} = true`);
  }
}

function schoolOf(envelope: Envelope): string {
  if (envelope.schoolId) return envelope.schoolId;
  throw new DomainError('invalid', 'identity.fact-without-school', `${envelope.type} names no school`);
}
