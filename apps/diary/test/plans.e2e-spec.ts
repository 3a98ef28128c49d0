import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStudent, enrolledIn } from '@parta/contracts-contingent/testing';
import { listSubjectMarks } from '@parta/contracts-diary';
import { aDescription, anAttendance } from '@parta/contracts-journal/testing';
import { Database } from '@parta/platform-persistence';
import { eventually } from '@parta/platform-testing';
import type { PoolClient } from 'pg';
import { DiaryUnderTest } from './diary-under-test.js';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The diary's policies are filters: a statement that left its school to them would read every school's rows. */
describe('statements of the diary', () => {
  const texts = new Set<string>();
  let diary: DiaryUnderTest;

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
    const listened = new WeakSet<PoolClient>();
    diary.bench.service.get(Database).pool.on('acquire', (client: PoolClient) => {
      if (listened.has(client)) return;
      listened.add(client);
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        const { name, text } = (args[0] ?? {}) as { name?: string; text?: string };
        if (name && text) texts.add(text);
        return query(...args);
      }) as PoolClient['query'];
    });
  }, 60_000);

  afterAll(() => diary?.stop());

  it('find rows by the school, whoever asks and whatever is told', async () => {
    const { bench, circumstances, classId, groupId, pupil, schoolId, tell } = diary;
    await tell(aStudent(pupil, { classId, enrolments: enrolledIn([groupId]) }));
    await diary.tellLesson();
    await tell(aDescription(circumstances, { topic: 'Степень' }));
    await tell(anAttendance(circumstances, pupil, 'ILL'));
    await diary.tellMark('5');
    const head = await bench.keys.tokenOf([{ role: 'deputy-head', schoolId, personId: randomUUID() }]);
    await eventually(async () =>
      expect((await diary.day(head)).lessons).toMatchObject([
        { topic: 'Степень', absence: { code: 'ILL' }, marks: [{ value: '5' }] },
      ]),
    );
    await diary.day();
    await bench.rpc.call(listSubjectMarks, { studentId: pupil }, { token: diary.motherToken });

    await bench.admin.query(`set role "${new URL(bench.database.urls.diary!.runtime).username}"`);
    await bench.admin.query(`select set_config('app.schools', $1, false)`, [schoolId]);
    await bench.admin.query('set enable_seqscan = off; set enable_bitmapscan = off');
    const scanned = new Set<string>();
    for (const text of texts) {
      const { rows } = await bench.admin.query(`explain (generic_plan, format json) ${text}`);
      for (const node of nodesOf(rows[0]['QUERY PLAN'][0].Plan as PlanNode)) {
        if (!node.Filter?.includes('IS TRUE')) continue;
        scanned.add(node['Relation Name']!);
        expect({ text, table: node['Relation Name'], by: node['Index Cond'] ?? node['Node Type'] }).toEqual({
          text,
          table: node['Relation Name'],
          by: expect.stringMatching(/\bschool_id\b/),
        });
      }
    }
    expect([...scanned]).toEqual(
      expect.arrayContaining([
        'students',
        'enrolments',
        'lessons',
        'lesson_descriptions',
        'marks',
        'attendance',
      ]),
    );
  });
});
