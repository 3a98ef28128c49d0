import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  AcademicYearRecordedV1,
  ClassRecordedV1,
  GuardianRecordedV1,
  StaffMemberRecordedV1,
  StudentRecordedV1,
  StudyGroupRecordedV1,
} from '@parta/contracts-contingent';
import { Clock } from '@parta/platform-rpc';
import { Intake } from '../../../test/intake.js';
import { bulkOf, deltaOf, type Row, type Rows } from '../../../test/rosters.js';

jest.setTimeout(60_000);

class SetClock extends Clock {
  instant = '2026-10-01T21:30:00.000Z';
  override now(): Date {
    return new Date(this.instant);
  }
}

const user = (sourcedId: string, familyName: string, more: Row = {}): Row => ({
  sourcedId,
  enabledUser: 'true',
  username: sourcedId,
  givenName: 'Анна',
  familyName,
  ...more,
});
const role = (user: string, word: string, school = 'lyceum', more: Row = {}): Row => ({
  sourcedId: `${user}-${word.replace(':', '-')}-${school}`,
  userSourcedId: user,
  roleType: 'primary',
  role: word,
  orgSourcedId: school,
  ...more,
});
const enrolment = (sourcedId: string, user: string, room: string, word = 'student', more: Row = {}): Row => ({
  sourcedId,
  classSourcedId: room,
  schoolSourcedId: 'lyceum',
  userSourcedId: user,
  role: word,
  beginDate: '2026-09-01',
  ...more,
});
const room = (sourcedId: string, title: string, more: Row = {}): Row => ({
  sourcedId,
  title,
  grades: '05',
  courseSourcedId: 'course',
  classCode: title,
  classType: 'homeroom',
  schoolSourcedId: 'lyceum',
  termSourcedIds: 'q1',
  ...more,
});
const session = (sourcedId: string, type: string, parentSourcedId: string): Row => ({
  sourcedId,
  title: sourcedId,
  type,
  startDate: '2026-09-01',
  endDate: '2027-05-31',
  parentSourcedId,
  schoolYear: '2027',
});

const ROSTER: Rows = {
  orgs: [
    { sourcedId: 'lyceum', name: 'Лицей', type: 'school', 'metadata.timeZone': 'Asia/Vladivostok' },
    { sourcedId: 'gymnasium', name: 'Гимназия', type: 'school' },
  ],
  academicSessions: [
    session('year', 'schoolYear', ''),
    session('q1', 'term', 'year'),
    session('q2', 'term', 'year'),
    session('q3', 'term', 'year'),
  ],
  courses: [
    { sourcedId: 'course', title: 'Математика, 5', orgSourcedId: 'lyceum', courseCode: 'M5' },
    {
      sourcedId: 'english',
      title: 'Английский, 5',
      orgSourcedId: 'lyceum',
      subjects: 'Английский язык',
      subjectCodes: 'S09',
    },
  ],
  classes: [
    room('5a', '5А'),
    room('5b', '5Б'),
    room('maths', '5А Математика', { classCode: '5А', classType: 'scheduled' }),
    room('english-1', '5А/1 Английский', {
      classCode: '5А/1',
      classType: 'scheduled',
      courseSourcedId: 'english',
    }),
    room('choir', 'Хор', {
      classCode: 'ХОР/1',
      classType: 'scheduled',
      subjects: 'Пение',
      subjectCodes: 'S30',
    }),
  ],
  users: [
    user('petr', 'Ёлкин', { agentSourcedIds: 'olga,ivan', enabledUser: 'false' }),
    user('vera', 'Яшина', { agentSourcedIds: 'olga' }),
    user('olga', 'Ёлкина', { sms: '8 (912) 345-67-89', email: 'olga@example.org' }),
    user('ivan', 'Ёлкин', { phone: 'нет', email: 'нет' }),
    user('nina', 'Учителева', { phone: '+7 912 000 00 01' }),
  ],
  roles: [
    role('petr', 'student'),
    role('vera', 'student'),
    role('olga', 'parent'),
    role('ivan', 'relative'),
    role('nina', 'teacher'),
    role('nina', 'ext:social-pedagogue'),
    role('nina', 'aide'),
    role('nina', 'principal', 'gymnasium'),
    role('nina', 'counselor', 'lyceum', { endDate: '2026-09-30' }),
  ],
  enrollments: [
    enrolment('e1', 'petr', '5a'),
    enrolment('e2', 'petr', 'english-1'),
    enrolment('e3', 'vera', '5b'),
    enrolment('e4', 'nina', '5a', 'teacher', { primary: 'true' }),
    enrolment('e5', 'nina', 'maths', 'teacher'),
  ],
};

/** Cells under these columns need a header of their own; the builder writes the columns of the specification. */
const withTimeZone = () => {
  const builder = bulkOf(ROSTER);
  return builder.rewrite('orgs', (text) =>
    text
      .split('\r\n')
      .map((line, index) => {
        if (line === '') return line;
        if (index === 0) return `${line},metadata.timeZone`;
        return `${line},${line.startsWith('lyceum') ? 'Asia/Vladivostok' : 'Марс/Кратер'}`;
      })
      .join('\r\n'),
  );
};

/** What records of a sending system mean in a school; each test goes on from the one before. */
describe('a roster', () => {
  const clock = new SetClock();
  let intake: Intake;
  let said = 0;

  beforeAll(async () => {
    intake = await Intake.open({ config: { maxEndedShare: 1 }, clock });
    await intake.expectPush('applied', withTimeZone());
  }, 60_000);
  afterAll(() => intake?.close());

  const idOf = async (entity: string, sourcedId: string): Promise<string> =>
    (
      await intake.admin.query<{ id: string }>(
        'select id from source_records where entity = $1 and sourced_id = $2',
        [entity, sourcedId],
      )
    ).rows[0]!.id;
  /** The newest fact about a record. */
  const factOf = async <T>(aggregate: string, entity: string, sourcedId: string): Promise<T> => {
    const id = await idOf(entity, sourcedId);
    const facts = (await intake.factsSince(0)).filter(
      ({ type, aggregateId }) => aggregateId === id && type.startsWith(`contingent.${aggregate}.`),
    );
    return facts.at(-1)!.data as T;
  };
  const delta = async (rows: Rows) => {
    said = await intake.countOf('outbox');
    clock.instant = new Date(clock.now().getTime() + 86_400_000).toISOString();
    return intake.expectPush('applied', deltaOf(rows, clock.instant));
  };
  /** The school's date some days after the last package; Vladivostok is ten hours ahead. */
  const dayAfter = (days: number): string =>
    new Date(clock.now().getTime() + (days * 24 + 10) * 3_600_000).toISOString().slice(0, 10);
  const newFacts = async () => (await intake.factsSince(said)).map(({ type }) => type.split('.')[1]!).sort();

  it('gives a school its own time zone, and the region’s where the given one is unknown', async () => {
    const { rows } = await intake.admin.query('select name, time_zone from schools order by name');
    expect(rows).toEqual([
      { name: 'Гимназия', time_zone: 'Europe/Samara' },
      { name: 'Лицей', time_zone: 'Asia/Vladivostok' },
    ]);
  });

  it('takes three terms for trimesters', async () => {
    const { rows } = await intake.admin.query('select kind, count(*)::int from academic_periods group by 1');
    expect(rows).toEqual([{ kind: 'trimester', count: 3 }]);
  });

  it('makes a teacher of a homeroom its class teacher', async () => {
    expect(await factOf<ClassRecordedV1>('class', 'classes', '5a')).toMatchObject({
      title: '5А',
      gradeLevel: 5,
      kind: 'class',
      homeroomTeacherIds: [await idOf('users', 'nina')],
    });
  });

  it('places a group under the class of its code, with its subject or its course’s', async () => {
    const group = (id: string) => factOf<StudyGroupRecordedV1>('study-group', 'classes', id);
    const classId = await idOf('classes', '5a');
    expect(await group('maths')).toMatchObject({
      classId,
      isSubgroup: false,
      subjectTitle: 'Математика, 5',
      subjectCode: 'M5',
      teacherIds: [await idOf('users', 'nina')],
      sourcedId: 'maths',
    });
    expect(await group('english-1')).toMatchObject({
      classId,
      isSubgroup: true,
      subjectTitle: 'Английский язык',
      subjectCode: 'S09',
      teacherIds: [],
    });
    expect(await group('choir')).toMatchObject({ classId: null, isSubgroup: false, subjectTitle: 'Пение' });
  });

  it('knows staff by the roles that last, each school its own', async () => {
    const facts = (await intake.factsSince(0)).filter(({ type }) => type.includes('staff-member'));
    expect(facts.map(({ data }) => (data as StaffMemberRecordedV1).roles).sort()).toEqual([
      ['director'],
      ['social-pedagogue', 'teacher'],
    ]);
    expect(new Set(facts.map(({ schoolId }) => schoolId)).size).toBe(2);
    expect(new Set(facts.map(({ aggregateId }) => aggregateId)).size).toBe(1);
  });

  it('writes telephone numbers as E.164 and leaves out what is none', async () => {
    const olga = await factOf<GuardianRecordedV1>('guardian', 'users', 'olga');
    expect(olga).toMatchObject({ phone: '+79123456789', email: 'olga@example.org', kind: 'parent' });
    expect(olga.studentIds.sort()).toEqual([await idOf('users', 'petr'), await idOf('users', 'vera')].sort());
    expect(await factOf('guardian', 'users', 'ivan')).toMatchObject({
      phone: null,
      email: null,
      kind: 'relative',
    });
  });

  it('curtails the access of a disabled user, who stays a student', async () => {
    expect(await factOf<StudentRecordedV1>('student', 'users', 'petr')).toMatchObject({
      isActive: true,
      accessIsEnabled: false,
      classId: await idOf('classes', '5a'),
    });
  });

  it('never keeps a password', async () => {
    await delta({ users: [user('ivan', 'Ёлкин', { password: 'тайна', phone: '+79120000002' })] });
    const { rows } = await intake.admin.query("select data from source_records where sourced_id = 'ivan'");
    expect(rows[0].data).not.toHaveProperty('password');
    expect(JSON.stringify(await intake.factsSince(0))).not.toContain('тайна');
    expect(await newFacts()).toEqual(['guardian']);
  });

  it('ends an enrolment the day before endDate, which is exclusive, else on the day of the intake where the school is', async () => {
    await delta({
      enrollments: [
        enrolment('e1', 'petr', '5a', 'student', { endDate: '2026-09-20', status: 'tobedeleted' }),
        enrolment('e2', 'petr', 'english-1', 'student', { status: 'tobedeleted' }),
      ],
    });
    const petr = await factOf<StudentRecordedV1>('student', 'users', 'petr');
    // 21:30 UTC of 3 October is 4 October in Vladivostok.
    expect(petr.enrolments.map(({ to }) => to).sort()).toEqual(['2026-09-19', '2026-10-04']);
    expect(petr).toMatchObject({ isActive: true, classId: null });
    expect(await newFacts()).toEqual(['student']);
  });

  it('takes an enrolment back that comes again', async () => {
    await delta({ enrollments: [enrolment('e1', 'petr', '5a')] });
    const petr = await factOf<StudentRecordedV1>('student', 'users', 'petr');
    expect(petr.classId).toBe(await idOf('classes', '5a'));
    expect(petr.enrolments[0]).toEqual({ groupId: petr.classId, from: '2026-09-01', to: null });
  });

  it('keeps the old place of a pupil who moves beside the new one, and the date the sender gives', async () => {
    await delta({ enrollments: [enrolment('e1', 'petr', '5b', 'student', { beginDate: '2026-10-02' })] });
    const petr = await factOf<StudentRecordedV1>('student', 'users', 'petr');
    expect(petr.enrolments.slice(0, 2)).toEqual([
      { groupId: await idOf('classes', '5b'), from: '2026-10-02', to: null },
      expect.objectContaining({ to: '2026-10-04' }),
    ]);
    expect(petr.enrolments).toContainEqual({
      groupId: await idOf('classes', '5a'),
      from: '2026-09-01',
      to: '2026-10-01',
    });
  });

  it('ends what a person has when the person is ended; a guardian without a child is none', async () => {
    await delta({
      users: [user('vera', 'Яшина', { agentSourcedIds: 'olga', status: 'tobedeleted' })],
    });
    expect(await factOf('student', 'users', 'vera')).toMatchObject({ isActive: false, classId: null });
    expect(await factOf('guardian', 'users', 'olga')).toMatchObject({
      isActive: true,
      studentIds: [await idOf('users', 'petr')],
    });
    await delta({ users: [user('petr', 'Ёлкин', { agentSourcedIds: 'olga' })] });
    expect(await factOf('guardian', 'users', 'ivan')).toMatchObject({ isActive: false, studentIds: [] });
    expect(await newFacts()).toEqual(['guardian', 'student']);
  });

  it('follows a renamed person into every school, one fact each', async () => {
    await delta({ users: [user('nina', 'Директорова')] });
    expect(await newFacts()).toEqual(['staff-member', 'staff-member']);
  });

  it('takes the teaching away from a teacher who leaves', async () => {
    await delta({ users: [user('nina', 'Директорова', { status: 'tobedeleted' })] });
    expect(await factOf<ClassRecordedV1>('class', 'classes', '5a')).toMatchObject({ homeroomTeacherIds: [] });
    expect(await factOf('study-group', 'classes', 'maths')).toMatchObject({ teacherIds: [] });
    expect(await newFacts()).toEqual(['class', 'staff-member', 'staff-member', 'study-group']);
  });

  it('has a pupil in exactly one class on the day of a move, whichever the sender says it by', async () => {
    const [yesterday, today] = [dayAfter(0), dayAfter(1)];
    await delta({
      users: [user('anna', 'Юрьева')],
      roles: [role('anna', 'student')],
      enrollments: [
        enrolment('e20', 'anna', '5a', 'student', { endDate: today }),
        enrolment('e21', 'anna', '5b', 'student', { beginDate: today }),
      ],
    });
    const anna = await factOf<StudentRecordedV1>('student', 'users', 'anna');
    expect(anna).toMatchObject({ isActive: true, classId: await idOf('classes', '5b') });
    expect(anna.enrolments).toEqual([
      { groupId: await idOf('classes', '5b'), from: today, to: null },
      { groupId: await idOf('classes', '5a'), from: '2026-09-01', to: yesterday },
    ]);
  });

  it('knows the year of each pupil of a combined class; the highest stands for the class', async () => {
    await delta({
      classes: [room('1-3', '1–3', { grades: '01,03' })],
      users: [user('zoya', 'Первова', { grades: '01' }), user('yura', 'Третьев', { grades: '03' })],
      roles: [role('zoya', 'student'), role('yura', 'student')],
      enrollments: [enrolment('e30', 'zoya', '1-3'), enrolment('e31', 'yura', '1-3')],
    });
    expect(await factOf('class', 'classes', '1-3')).toMatchObject({ gradeLevel: 3 });
    expect(await factOf('student', 'users', 'zoya')).toMatchObject({ gradeLevel: 1 });
    expect(await factOf('student', 'users', 'yura')).toMatchObject({ gradeLevel: 3 });
  });

  it('has a pupil in the class to the last day, and a teacher in the staff', async () => {
    const lastDay = { endDate: dayAfter(2) };
    await delta({
      users: [user('kira', 'Эльская'), user('lena', 'Щукина'), user('mark', 'Цаплин')],
      roles: [
        role('kira', 'student', 'lyceum', lastDay),
        role('lena', 'teacher', 'lyceum', lastDay),
        role('mark', 'teacher', 'lyceum', { endDate: dayAfter(1) }),
      ],
      enrollments: [enrolment('e22', 'kira', '5a', 'student', lastDay)],
    });
    expect(await factOf('student', 'users', 'kira')).toMatchObject({
      isActive: true,
      classId: await idOf('classes', '5a'),
    });
    expect(await factOf('staff-member', 'users', 'lena')).toMatchObject({
      isActive: true,
      roles: ['teacher'],
    });
    expect(await factOf('staff-member', 'users', 'mark')).toMatchObject({ isActive: false, roles: [] });
  });

  it('gives sessions that touch their own days each; a year ends the day before its endDate', async () => {
    const [year, q1, q2, q3] = ROSTER.academicSessions!;
    await delta({
      academicSessions: [
        year!,
        { ...q1!, endDate: '2026-11-02' },
        { ...q2!, startDate: '2026-11-02', endDate: '2027-01-11' },
        { ...q3!, startDate: '2027-01-11' },
      ],
    });
    const { endDate, periods } = await factOf<AcademicYearRecordedV1>(
      'academic-year',
      'academicSessions',
      'year',
    );
    expect(endDate).toBe('2027-05-30');
    expect(periods.map((period) => [period.startDate, period.endDate])).toEqual([
      ['2026-09-01', '2026-11-01'],
      ['2026-11-02', '2027-01-10'],
      ['2027-01-11', '2027-05-30'],
    ]);
  });

  it('ends, and never deletes, what a bulk file lacks', async () => {
    const before = await intake.countOf('source_records');
    const { classes } = ROSTER;
    await intake.expectPush(
      'applied',
      bulkOf({ ...ROSTER, classes: classes!.filter(({ sourcedId }) => sourcedId !== 'choir') }),
    );
    expect(await intake.countOf('source_records')).toBe(before);
    expect(await factOf('study-group', 'classes', 'choir')).toMatchObject({ isActive: false, title: 'Хор' });
  });
});
