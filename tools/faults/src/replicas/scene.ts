import { Comparison } from '../compare.js';
import { eventually } from '../eventually.js';
import { Ledger } from '../ledger.js';
import { Load, noAnswers, type Line } from '../load.js';
import { OPERATOR } from '../platform.js';
import { inventSchools, subscribeFamilies, tellOf, type School, type Teacher } from '../schools.js';
import type { Door } from './door.js';
import type { Many } from './many.js';
import { OpenPage, type PageOf } from './open-page.js';
import { diaryPage, journalPage } from './pages.js';
import { Screens, type Screen } from './screens.js';
import { busyPupil, screensOf } from './screens-of.js';
import { Sessions } from './sessions.js';

const SCHOOLS = 4;
const SESSIONS = 6;
const READERS_OF_EACH = 3;
const READY_MS = 60_000;

/** Everybody who is at work while processes end: teachers, readers of every service, sessions, open pages. */
export class Scene {
  readonly pageReads = noAnswers();
  readonly pages: OpenPage[] = [];
  load!: Load;
  ledger!: Ledger;
  comparison!: Comparison;
  screens!: Screens;
  /** null where identity does not run */
  sessions: Sessions | null = null;
  private readonly schools: School[] = inventSchools(SCHOOLS);

  constructor(
    private readonly many: Many,
    readonly door: Door,
  ) {}

  async open(): Promise<void> {
    const { many, door, schools } = this;
    this.ledger = new Ledger(schools);
    const line: Line = { url: '', ledger: this.ledger, fetch: door.fetch as typeof fetch };
    await eventually('the door to be open', () => this.closed(), READY_MS);
    await tellOf(schools, many.bus);
    await this.known();
    await subscribeFamilies(schools, many.admin as never);
    if (many.serviceNames.includes('identity')) {
      this.sessions = new Sessions(SESSIONS, door, line);
      await this.sessions.signIn(OPERATOR.login, OPERATOR.password);
    }
    if (many.serviceNames.includes('contingent')) await this.keepClasses();
    const tokens = new Map<Teacher, string>();
    const screens: Screen[] = [];
    for (const school of schools) {
      for (const teacher of school.teachers) tokens.set(teacher, await this.tokenOf(teacher, 'teacher'));
      screens.push(...(await this.screensOf(school, tokens.get(school.teachers[0]!)!)));
      for (const page of await this.pagesOf(school))
        this.pages.push(new OpenPage(page, door, line, this.pageReads));
    }
    this.screens = new Screens(
      screens.filter(({ service }) => many.serviceNames.includes(service)),
      line,
      READERS_OF_EACH,
    );
    await eventually('every screen to show what it must', () => this.screens.notThere(), READY_MS);
    await eventually(
      'the pages to be open',
      () => (this.pages.every((page) => page.isOpen) ? null : 'not all'),
      READY_MS,
    );
    this.load = new Load([...tokens.keys()], [], {
      ...line,
      ledger: this.ledger,
      tokenOf: (teacher) => tokens.get(teacher)!,
      pauseMs: 500,
      entered: (lesson, entries) => {
        for (const page of this.pages) page.entered += page.of.changesOf(lesson, entries);
      },
    });
    const ids = schools.map(({ schoolId }) => schoolId);
    this.comparison = new Comparison(many, this.ledger, ids);
  }

  start(): void {
    this.load.start();
    this.screens.start();
    this.sessions?.start();
  }

  async pause(): Promise<void> {
    await Promise.all([this.load.pause(), this.screens.pause(), this.sessions?.pause()]);
  }

  /** Everybody sends something at once, so that whatever ends next ends with requests in its hands. */
  rush(service: string): void {
    this.load.hurry();
    this.sessions?.hurry();
    this.screens.rush(service);
  }

  /** What open pages were not told of and will not be; null for nothing. */
  async missed(): Promise<string | null> {
    const missed = await Promise.all(this.pages.map((page) => page.missed()));
    return missed.filter((one) => one !== null).join('; ') || null;
  }

  close(): void {
    for (const page of this.pages) page.close();
  }

  /** What the door says while no gateway behind it is ready; null when one is. */
  private async closed(): Promise<string | null> {
    const answer = await this.door.fetch('/health/ready');
    return answer.status === 200 ? null : `${answer.status} ${await answer.text()}`;
  }

  private async known(): Promise<void> {
    const { many, schools } = this;
    const teachers = schools.flatMap((school) => school.teachers);
    const lessons = teachers.reduce((sum, teacher) => sum + teacher.lessons.length, 0);
    for (const service of ['journal', 'diary'])
      await eventually(`${service} to know the schools`, async () =>
        (await many.count(`${service}.lessons`)) >= lessons ? null : 'not all',
      );
    const families = schools.reduce((sum, school) => sum + school.families.size, 0);
    await eventually('notifications to know the families', async () =>
      (await many.count('notifications.guardian_children')) >= families ? null : 'not all',
    );
  }

  /** Contingent hears of nobody: what the invented facts say it would have said, it has to know itself. */
  private async keepClasses(): Promise<void> {
    for (const [at, { schoolId, classId }] of this.schools.entries()) {
      await this.many.rows(
        `insert into contingent.schools (school_id, name, kind, time_zone, is_active) values ($1, $2, 'school', 'UTC', true)`,
        [schoolId, `Школа № ${at + 1}`],
      );
      await this.many.rows(
        `insert into contingent.classes (school_id, class_id, title, grade_level, kind, is_active)
         values ($1, $2, '7А', 7, 'class', true)`,
        [schoolId, classId],
      );
    }
  }

  private tokenOf({ schoolId, personId }: Teacher, role: 'teacher' | 'director'): Promise<string> {
    return this.many.tokenOf([{ role, schoolId, personId }]);
  }

  private async screensOf(school: School, teacher: string): Promise<Screen[]> {
    const { many, sessions } = this;
    const { schoolId, families, teachers } = school;
    const [pupil, { personId }] = [...families][0]!;
    const director = await this.tokenOf(teachers[1]!, 'director');
    const guardian = await many.tokenOf([{ role: 'guardian', schoolId, personId, studentIds: [pupil] }]);
    const reportId = many.serviceNames.includes('reporting') ? await this.order(school, director) : null;
    const session = sessions && (() => sessions.accessToken);
    return screensOf(school, { director, guardian, teacher, session }, reportId);
  }

  /** A family's page, a pupil's, and the journal of a group as a colleague has it open. */
  private async pagesOf(school: School): Promise<PageOf[]> {
    const { schoolId, families, teachers } = school;
    const [teacher, other] = teachers as [Teacher, Teacher];
    const [child, { personId }] = [...families].at(-1)!;
    const pupil = busyPupil(teacher, 0);
    const { groupId } = teacher.lessons[0]!;
    const { many } = this;
    return [
      diaryPage(child, await many.tokenOf([{ role: 'guardian', schoolId, personId, studentIds: [child] }])),
      diaryPage(
        pupil,
        await many.tokenOf([{ role: 'student', schoolId, personId: pupil, studentIds: [pupil] }]),
      ),
      journalPage(school, groupId, await this.tokenOf(other, 'director')),
    ];
  }

  /** @returns a report that is made */
  private async order({ teachers }: School, token: string): Promise<string> {
    const { lessons } = teachers[0]!;
    const { groupId } = lessons[0]!;
    const dates = lessons.map(({ date }) => date).sort();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const response = await this.door.fetch(path, {
        method,
        headers: { ...headers, ...(body && { 'idempotency-key': `report-of-${groupId}` }) },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} was answered ${response.status} ${text}`);
      return JSON.parse(text) as T;
    };
    const order = { kind: 'class-subject-journal', groupId, from: dates[0], to: dates.at(-1) };
    let id = '';
    await eventually('reporting to know the group', async () => {
      ({ id } = await call<{ id: string }>('POST', '/api/v1/reports', order));
      return null;
    });
    await eventually('a report to be made', async () => {
      const { state } = await call<{ state: string }>('GET', `/api/v1/reports/${id}`);
      return state === 'done' ? null : state;
    });
    return id;
  }
}
