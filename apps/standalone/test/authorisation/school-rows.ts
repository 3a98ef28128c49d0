import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { LATER, NOW, TODAY, type TestSchool } from './schools.js';

export type Row = Record<string, unknown>;

/** Puts rows into a table; what a row does not name gets its default. */
export async function put(admin: Client, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!).join(', ');
  await admin.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** What a school has in the services' own tables and no fact brings about. */
export async function putSchool(admin: Client, school: TestSchool): Promise<void> {
  await putContingent(admin, school);
  await putJournal(admin, school);
  await putReports(admin, school);
  await putMessages(admin, school);
}

async function putContingent(admin: Client, school: TestSchool): Promise<void> {
  const school_id = school.schoolId;
  const person = (id: string): Row => ({
    school_id,
    person_id: id,
    family_name: 'Иванова',
    given_name: 'Анна',
    access_is_enabled: true,
  });
  const place = (groupId: string, personId: string): Row => ({
    school_id,
    enrolment_id: randomUUID(),
    group_id: groupId,
    person_id: personId,
    from_date: '2026-09-01',
  });
  await put(admin, 'contingent.schools', [
    { school_id, name: school.name, kind: 'school', time_zone: 'UTC', is_active: true },
  ]);
  await put(admin, 'contingent.school_directory', [
    { source_id: randomUUID(), school_id, sourced_id: school_id },
  ]);
  for (const { classId, title, homeroomTeacherIds, teachings, families } of school.classes) {
    await put(admin, 'contingent.classes', [
      { school_id, class_id: classId, title, grade_level: 7, kind: 'class', is_active: true },
    ]);
    await put(
      admin,
      'contingent.study_groups',
      teachings.map(({ groupId }) => ({
        school_id,
        group_id: groupId,
        class_id: classId,
        title,
        subject_title: 'Алгебра',
        is_subgroup: false,
        sourced_id: groupId,
        is_active: true,
      })),
    );
    await put(
      admin,
      'contingent.people',
      [
        ...new Set([
          ...teachings.map((one) => one.teacherId),
          ...families.flatMap((one) => [one.studentId, one.guardianId]),
        ]),
      ].map(person),
    );
    await put(admin, 'contingent.teaching_assignments', [
      ...homeroomTeacherIds.map((id) => ({ ...place(classId, id), is_main: true })),
      ...teachings.map((one) => ({ ...place(one.groupId, one.teacherId), is_main: true })),
    ]);
    await put(
      admin,
      'contingent.enrolments',
      families.map((one) => place(classId, one.studentId)),
    );
    await put(
      admin,
      'contingent.students',
      families.map((one) => ({ school_id, person_id: one.studentId, class_id: classId, is_active: true })),
    );
  }
}

/** An absence of every pupil at every lesson, and an answered request to open it. */
async function putJournal(admin: Client, { schoolId, classes }: TestSchool): Promise<void> {
  for (const { teachings, families } of classes) {
    await put(
      admin,
      'journal.cells',
      teachings.flatMap(({ lessonId }) =>
        families.map(({ studentId }) => ({
          school_id: schoolId,
          lesson_id: lessonId,
          student_id: studentId,
          id: randomUUID(),
          version: 1,
          attendance: 'ABSENT',
        })),
      ),
    );
    await put(
      admin,
      'journal.opening_requests',
      teachings.map(({ requestId, lessonId, accountId }) => ({
        school_id: schoolId,
        id: requestId,
        lesson_id: lessonId,
        reason: 'болезнь',
        asked_at: NOW,
        account_id: accountId,
        asked_by: 'Учитель',
        state: 'refused',
        answer: 'нет',
        decided_at: NOW,
        decided_by: 'Завуч',
      })),
    );
  }
}

async function putReports(admin: Client, { schoolId, classes }: TestSchool): Promise<void> {
  for (const { classId, teachings } of classes)
    await put(
      admin,
      'reporting.report_jobs',
      teachings.flatMap(({ reportId, unfinishedReportId, groupId, fileId, accountId }) => {
        const report = {
          school_id: schoolId,
          kind: 'class-subject-journal',
          group_id: groupId,
          class_id: classId,
          title: 'Журнал',
          from_date: '2026-11-02',
          to_date: TODAY,
          progress: 100,
          ordered_by: accountId,
          ordered_by_name: 'Учитель',
          ordered_at: NOW,
          correlation_id: 'test',
          finished_at: NOW,
          expires_at: LATER,
          file_id: fileId,
          file_name: 'Журнал.xlsx',
          size: 1,
        };
        return [
          { ...report, id: reportId, state: 'done' },
          { ...report, id: unfinishedReportId, state: 'running' },
        ];
      }),
    );
}

async function putMessages(admin: Client, { schoolId, classes }: TestSchool): Promise<void> {
  const families = classes.flatMap((one) => one.families);
  const ofFamily = (more: (family: (typeof families)[number]) => Row): Row[] =>
    families.map((one) => ({
      school_id: schoolId,
      person_id: one.guardianId,
      channel: 'email',
      ...more(one),
    }));
  await put(
    admin,
    'notifications.messages',
    ofFamily(({ messageId }) => ({
      id: messageId,
      kind: 'notice',
      key: messageId,
      address: 'mother@example.org',
      state: 'delivered',
      due_at: NOW,
      useful_until: LATER,
      created_at: NOW,
      text: 'Отметка',
      parts: 0,
      attempts: 1,
      has_begun: true,
    })),
  );
  await put(
    admin,
    'notifications.notices',
    ofFamily(({ messageId, studentId }) => ({
      id: randomUUID(),
      message_id: messageId,
      student_id: studentId,
      kind: 'mark',
      subject_key: messageId,
      event_key: messageId,
      content: {},
      occurred_at: NOW,
    })),
  );
  await put(
    admin,
    'notifications.consents',
    ofFamily(({ consentId }) => ({
      id: consentId,
      address: 'mother@example.org',
      event: 'given',
      how: 'code',
      text_version: '1',
      text: 'Согласна',
      at: NOW,
    })),
  );
}
