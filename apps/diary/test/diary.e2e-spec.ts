import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, schoolYearRecorded } from '@parta/contracts-curriculum';
import {
  diaryChangedSubject,
  listDiaryDays,
  listSubjectMarks,
  type DiaryChanged,
} from '@parta/contracts-diary';
import {
  attendanceRecorded,
  lessonDescribed,
  markRecorded,
  type MarkRecordedV1,
} from '@parta/contracts-journal';
import type { Grant } from '@parta/platform-rpc';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import { diaryMigrations, diaryService } from '../src/diary.js';

const TODAY = '2026-11-20';

describe('diary', () => {
  const clock = new TestClock(new Date('2026-11-20T06:00:00Z'));
  let bench: ServiceBench;
  const schoolId = randomUUID();
  const classId = randomUUID();
  const groupId = randomUUID();
  const teacherId = randomUUID();
  const [pupil, classmate] = [randomUUID(), randomUUID()];
  const lessonId = randomUUID();
  const circumstances = { lessonId, groupId, subjectTitle: 'Алгебра', date: TODAY, lessonNumber: 2 };
  const mother: Grant = { role: 'guardian', schoolId, personId: randomUUID(), studentIds: [pupil] };
  let motherToken: string;

  const about = (aggregateId: string, version = 1) => ({ schoolId, aggregateId, version });
  const mark = (
    markId: string,
    studentId: string,
    value: string,
    more: Partial<MarkRecordedV1> = {},
  ): MarkRecordedV1 => ({
    ...circumstances,
    markId,
    studentId,
    value,
    numericValue: Number(value),
    workTypeTitle: 'Контрольная работа',
    weight: 3,
    comment: null,
    previousValue: null,
    isAnnulled: false,
    ...more,
  });
  const day = async (token = motherToken, studentId = pupil) =>
    (await bench.rpc.call(listDiaryDays, { studentId, from: TODAY, to: TODAY }, { token })).days[0]!;
  const values = async () => (await day()).lessons[0]?.marks.map((one) => one.value) ?? [];

  beforeAll(async () => {
    bench = await startServiceBench(diaryService(), diaryMigrations, { clock });
    motherToken = await bench.keys.tokenOf([mother]);
    await bench.publish(schoolRecorded, about(schoolId), {
      schoolId,
      name: 'Средняя школа № 1',
      kind: 'school',
      timeZone: 'Asia/Yekaterinburg',
      isActive: true,
    });
    await bench.publish(classRecorded, about(classId), {
      classId,
      title: '7А',
      gradeLevel: 7,
      kind: 'class',
      homeroomTeacherIds: [teacherId],
      isActive: true,
    });
    await bench.publish(studyGroupRecorded, about(groupId), {
      groupId,
      classId,
      title: '7А Алгебра',
      subjectTitle: 'Алгебра',
      subjectCode: null,
      isSubgroup: false,
      teacherIds: [teacherId],
      sourcedId: 'g',
      isActive: true,
    });
    const person = { middleName: null, username: null, email: null, phone: null, isActive: true };
    await bench.publish(staffMemberRecorded, about(teacherId), {
      ...person,
      personId: teacherId,
      familyName: 'Иванова',
      givenName: 'Анна',
      roles: ['teacher'],
    });
    for (const personId of [pupil, classmate]) {
      await bench.publish(studentRecorded, about(personId), {
        ...person,
        personId,
        familyName: 'Абрамов',
        givenName: 'Пётр',
        birthDate: null,
        sex: null,
        classId,
        guardianIds: [],
        enrolments: [{ groupId, from: '2026-09-01', to: null }],
      });
    }
    await bench.publish(schoolYearRecorded, about(randomUUID()), {
      academicYearId: randomUUID(),
      title: '2026/2027',
      startDate: '2026-09-01',
      endDate: '2027-05-31',
      periods: [
        {
          periodId: randomUUID(),
          title: 'I четверть',
          kind: 'quarter',
          startDate: '2026-09-01',
          endDate: '2026-10-24',
        },
        {
          periodId: randomUUID(),
          title: 'II четверть',
          kind: 'quarter',
          startDate: '2026-11-02',
          endDate: '2026-12-30',
        },
        {
          periodId: randomUUID(),
          title: 'I полугодие',
          kind: 'half-year',
          startDate: '2026-09-01',
          endDate: '2026-12-30',
        },
      ],
      daysOff: [{ date: '2026-11-04', kind: 'public-holiday', title: 'День народного единства' }],
      transfers: [],
      bells: [],
    });
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from enrolments')).rowCount).toBe(2),
    );
  }, 60_000);

  afterAll(() => bench?.stop());

  it('keeps what the teacher wrote even when the lesson itself is heard of later', async () => {
    await bench.publish(markRecorded, about(lessonId), mark(lessonId, pupil, '5', { comment: 'Молодец' }));
    await bench.publish(lessonDescribed, about(lessonId), {
      ...circumstances,
      topic: 'Степень',
      homework: {
        text: '§ 12',
        noHomework: false,
        dueDate: null,
        individual: [{ studentId: pupil, text: '№ 350' }],
      },
      commentForFamilies: 'Принести тетради',
    });
    await bench.publish(attendanceRecorded, about(randomUUID()), {
      ...circumstances,
      studentId: pupil,
      code: 'LATE',
      minutesLate: 10,
      reason: null,
    });
    await bench.publish(lessonsScheduled, about(groupId), {
      groupId,
      academicYearId: randomUUID(),
      lessons: [
        {
          lessonId,
          date: TODAY,
          lessonNumber: 2,
          startsAt: '09:25',
          endsAt: '10:10',
          room: 'каб. 12',
          teacherId,
        },
      ],
    });
    await eventually(async () =>
      expect(await day()).toMatchObject({
        date: TODAY,
        dayOff: null,
        lessons: [
          {
            subjectTitle: 'Алгебра',
            teacher: 'Иванова Анна',
            room: 'каб. 12',
            topic: 'Степень',
            homework: { text: '§ 12', individual: '№ 350', noHomework: false },
            comment: 'Принести тетради',
            marks: [{ value: '5', workTypeTitle: 'Контрольная работа', weight: 3, comment: 'Молодец' }],
            absence: { code: 'LATE', minutesLate: 10 },
          },
        ],
      }),
    );
    const token = await bench.keys.tokenOf([{ ...mother, studentIds: [classmate] }]);
    expect((await day(token, classmate)).lessons[0]).toMatchObject({
      homework: { text: '§ 12', individual: null },
      marks: [],
      absence: null,
    });
  });

  it('shows the newest version of a mark, whatever arrives after it', async () => {
    const markId = randomUUID();
    await bench.publish(markRecorded, about(markId, 3), mark(markId, pupil, '4', { previousValue: '2' }));
    await bench.publish(markRecorded, about(markId, 2), mark(markId, pupil, '2'));
    await bench.publish(markRecorded, about(markId, 3), mark(markId, pupil, '4', { previousValue: '2' }));
    // What is published last is handled last: once it is there, the others have been.
    const marker = randomUUID();
    await bench.publish(markRecorded, about(marker), mark(marker, pupil, '3'));
    await eventually(async () => expect(await values()).toEqual(['5', '4', '3']));
  });

  it('takes an annulled mark away', async () => {
    const markId = randomUUID();
    await bench.publish(markRecorded, about(markId, 1), mark(markId, pupil, '2'));
    await eventually(async () => expect(await values()).toContain('2'));
    await bench.publish(markRecorded, about(markId, 2), mark(markId, pupil, '2', { isAnnulled: true }));
    await eventually(async () => expect(await values()).not.toContain('2'));
  });

  it('counts averages plain and weighted over the current quarter', async () => {
    const early = randomUUID();
    await bench.publish(
      markRecorded,
      about(early),
      mark(early, pupil, '2', { date: '2026-10-01', workTypeTitle: 'Ответ на уроке', weight: 1 }),
    );
    const light = randomUUID();
    await bench.publish(
      markRecorded,
      about(light),
      mark(light, pupil, '2', { workTypeTitle: 'Ответ на уроке', weight: 1 }),
    );
    const view = await eventually(async () => {
      const found = await bench.rpc.call(listSubjectMarks, { studentId: pupil }, { token: motherToken });
      expect(found.subjects[0]!.marks).toHaveLength(4);
      return found;
    });
    expect(view.periods.map((period) => period.title)).toEqual(['I четверть', 'II четверть']);
    expect(view.periods.find((period) => period.periodId === view.periodId)!.title).toBe('II четверть');
    // 5, 4 and 3 of weight 3, and a 2 of weight 1.
    expect(view.subjects).toEqual([
      expect.objectContaining({ subjectTitle: 'Алгебра', average: 3.5, weightedAverage: 3.8, absences: 0 }),
    ]);
    const first = await bench.rpc.call(
      listSubjectMarks,
      { studentId: pupil, periodId: view.periods[0]!.periodId },
      { token: motherToken },
    );
    expect(first.subjects[0]).toMatchObject({ average: 2 });
  });

  it('names every day of the range, and why there are no lessons', async () => {
    const { days } = await bench.rpc.call(
      listDiaryDays,
      { studentId: pupil, from: '2026-11-02', to: '2026-11-08' },
      { token: motherToken },
    );
    expect(days).toHaveLength(7);
    expect(days[2]).toEqual({ date: '2026-11-04', dayOff: 'День народного единства', lessons: [] });
    await expect(
      bench.rpc.call(
        listDiaryDays,
        { studentId: pupil, from: '2026-01-01', to: '2026-11-08' },
        { token: motherToken },
      ),
    ).rejects.toMatchObject({ code: 'diary.range-too-long' });
  });

  it('opens to the family, the class teacher and the leadership, and to nobody else (R24, R161)', async () => {
    const personId = randomUUID();
    for (const grant of [
      mother,
      { role: 'student', schoolId, personId: pupil, studentIds: [pupil] },
      { role: 'homeroom-teacher', schoolId, personId, classIds: [classId] },
      { role: 'deputy-head', schoolId, personId },
    ] as Grant[]) {
      await expect(day(await bench.keys.tokenOf([grant]))).resolves.toBeDefined();
    }
    for (const grant of [
      { role: 'guardian', schoolId, personId, studentIds: [classmate] },
      { role: 'student', schoolId, personId: classmate, studentIds: [classmate] },
      { role: 'homeroom-teacher', schoolId, personId, classIds: [randomUUID()] },
      { role: 'deputy-head', schoolId: randomUUID(), personId },
      { role: 'guardian', schoolId: randomUUID(), personId, studentIds: [pupil] },
    ] as Grant[]) {
      await expect(day(await bench.keys.tokenOf([grant]))).rejects.toMatchObject({
        code: 'diary.student-not-found',
      });
    }
  });

  it('tells an open page after the change is there to be read', async () => {
    const heard: DiaryChanged[] = [];
    const subscription = bench.bus.nats.subscribe(diaryChangedSubject(schoolId, pupil), {
      callback: (_error, message) => void heard.push(message.json<DiaryChanged>()),
    });
    await bench.bus.nats.flush();
    const markId = randomUUID();
    await bench.publish(markRecorded, about(markId), mark(markId, pupil, '5'));
    await eventually(() =>
      expect(heard).toEqual([{ kind: 'mark', schoolId, studentId: pupil, date: TODAY }]),
    );
    expect((await day()).lessons[0]!.marks.map((one) => one.markId)).toContain(markId);
    subscription.unsubscribe();
  });

  it('hides one school’s diary from a connection that works for another', async () => {
    const role = new Client({ connectionString: bench.database.urls.diary!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [randomUUID()]);
    for (const table of ['students', 'lessons', 'lesson_descriptions', 'marks', 'attendance']) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await role.end();
  });
});
