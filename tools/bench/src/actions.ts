import { randomUUID } from 'node:crypto';
import type autocannon from 'autocannon';
import { diaryService } from '@parta/diary';
import { journalService } from '@parta/journal';
import type { Actor, ServiceSurroundings } from '@parta/platform-rpc';
import { capture } from './capture.js';
import { dayBefore, idOf, lessonOf, SHAPE, workTypeOf, type BenchClass, type District } from './district.js';
import { heardClasses } from './lay-families.js';
import { guardianActorOf, teacherOf, type Tokens } from './people.js';
import type { Content } from './yardstick.js';

const DAYS_OF_A_WEEK = 6;
/** pages and weeks that are asked for one after another: no side is to live off one of them in the cache */
const SHOWN = 400;

/** An action as either side is asked for it, and what it has to come to. */
export interface Comparison {
  name: string;
  /** the database role whose statements count */
  role: string;
  own: autocannon.Request[];
  bare: autocannon.Request[];
  /** throughput that has to be reached, as a share of the yardstick's */
  bar: number;
  /** at most so many times the yardstick's p95 */
  p95Bar?: number;
  statementBar?: number;
  /** requests that cannot be sent twice */
  isOnce: boolean;
}

const get = (path: string, token?: string): autocannon.Request => ({
  method: 'GET',
  path,
  ...(token && { headers: { authorization: `Bearer ${token}` } }),
});

const shownOf = ({ classes }: District): BenchClass[] => {
  const step = Math.max(1, Math.floor(classes.length / SHOWN));
  return classes.filter((_, at) => at % step === 0);
};

const rangeOf = (district: District) => ({
  from: dayBefore(district.today, SHAPE.lessonsPerPage * 2),
  weekFrom: dayBefore(district.today, DAYS_OF_A_WEEK),
  to: dayBefore(district.today, 0),
});

/** The very statements of the two screens, for the yardstick. */
export async function contentOf(
  district: District,
  databaseUrl: string,
  surroundings: Omit<ServiceSurroundings, 'databaseUrl'>,
  urlOf: (service: string) => string,
): Promise<Content> {
  const { from, weekFrom, to } = rangeOf(district);
  const shown = shownOf(district);
  const calls = (input: (one: BenchClass) => object, actor: (one: BenchClass) => Actor) =>
    shown.map((one) => ({ input: input(one), actor: actor(one) }));
  const pages = await capture(
    journalService(),
    { ...surroundings, databaseUrl: urlOf('journal') },
    'GetJournalPage',
    calls(({ groupId }) => ({ groupId, from, to }), teacherOf),
  );
  const weeks = await capture(
    diaryService(),
    { ...surroundings, databaseUrl: urlOf('diary') },
    'ListDays',
    calls(
      ({ pupils }) => ({ studentId: pupils[0], from: weekFrom, to }),
      ({ schoolId, pupils }) => guardianActorOf(schoolId, pupils[0]!),
    ),
  );
  return {
    databaseUrl,
    pages: pages.statements,
    weeks: weeks.statements,
    weekFrames: weeks.answers.map((answer) => ({ ...answer, days: undefined })),
  };
}

export async function screensOf(district: District, tokens: Tokens): Promise<Comparison[]> {
  const { from, weekFrom, to } = rangeOf(district);
  const shown = shownOf(district);
  return [
    {
      name: 'journal page, 30 pupils × 60 lessons, 900 entries',
      role: 'journal',
      bar: 0.6,
      p95Bar: 2,
      statementBar: 10,
      isOnce: false,
      own: await Promise.all(
        shown.map(async (one) =>
          get(
            `/api/v1/journal/journals/${one.groupId}/page?from=${from}&to=${to}`,
            await tokens.of(teacherOf(one)),
          ),
        ),
      ),
      bare: shown.map((_, at) => get(`/page/${at}`)),
    },
    {
      name: 'diary week',
      role: 'diary',
      bar: 0.6,
      p95Bar: 2,
      statementBar: 10,
      isOnce: false,
      own: await Promise.all(
        shown.map(async ({ schoolId, pupils }) =>
          get(
            `/api/v1/diary/${pupils[0]}/days?from=${weekFrom}&to=${to}`,
            await tokens.of(guardianActorOf(schoolId, pupils[0]!)),
          ),
        ),
      ),
      bare: shown.map((_, at) => get(`/week/${at}`)),
    },
  ];
}

/**
 * Commands into lessons that are still empty, none of whose families hears of marks.
 * @param amount commands for each side
 * @param turn of lessons already written in: each turn takes others
 */
export async function commandsOf(
  district: District,
  tokens: Tokens,
  amount: number,
  turn = 0,
): Promise<Comparison> {
  const heard = new Set(heardClasses(district));
  const classes = district.classes.filter((one) => !heard.has(one));
  const lessons = Array.from({ length: SHAPE.emptyLessonsPerClass }, (_, lesson) =>
    classes.map((one) => ({ one, lesson })),
  ).flat();
  const at = turn * 2 * amount;
  if (lessons.length < at + 2 * amount) throw new Error('the district has too few empty lessons');
  const entriesOf = (one: BenchClass) =>
    one.pupils
      .slice(0, 25)
      .map((studentId, i) =>
        i % 5 === 0
          ? { kind: 'attendance', studentId, cellVersion: 0, code: 'ILL' }
          : { kind: 'mark', studentId, cellVersion: 0, value: String(3 + (i % 3)) },
      );
  return {
    name: '25 marks and absences as one durable command',
    role: 'journal',
    bar: 0.4,
    isOnce: true,
    own: await Promise.all(
      lessons.slice(at, at + amount).map(async ({ one, lesson }) => ({
        method: 'POST' as const,
        path: `/api/v1/journal/lessons/${lessonOf(one.emptyGroupId, lesson)}/entries`,
        headers: {
          authorization: `Bearer ${await tokens.of(teacherOf(one))}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ entries: entriesOf(one) }),
      })),
    ),
    bare: lessons.slice(at + amount, at + 2 * amount).map(({ one, lesson }) => ({
      method: 'POST' as const,
      path: '/entries',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        schoolId: one.schoolId,
        lessonId: lessonOf(one.emptyGroupId, lesson),
        workTypeId: workTypeOf(one.schoolId, 0),
        accountId: idOf(one.teacherId, 'account'),
        entries: entriesOf(one),
      }),
    })),
  };
}
