/*
 * The yardstick: a bare Fastify and pg, one process, no validation, no permissions, no row-level security. It answers the
 * same JSON from the same SQL, and makes the same inserts in one transaction. Started by the bench with a file of
 * statements; prints its port when it listens.
 */
import { randomUUID, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { Pool, type PoolClient } from 'pg';
import type { Statement } from './capture.js';

export interface Content {
  databaseUrl: string;
  pages: Statement[][];
  weeks: Statement[][];
  /** what the second of the diary's statements is wrapped into */
  weekFrames: object[];
}

const content = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Content;
/** Ten connections, as each service has. */
const poolOf = (schema: string): Pool =>
  new Pool({ connectionString: content.databaseUrl, max: 10, options: `-c search_path=${schema}` });
const journal = poolOf('journal');
const diary = poolOf('diary');
const app = Fastify();

const run = async (client: Pool | PoolClient, { text, values }: Statement): Promise<unknown[]> =>
  (await client.query({ name: createHash('sha1').update(text).digest('base64url'), text, values })).rows;

app.get<{ Params: { at: string } }>('/page/:at', async ({ params }) => {
  const [row] = await run(journal, content.pages[Number(params.at)]![0]!);
  return row;
});

app.get<{ Params: { at: string } }>('/week/:at', async ({ params }, reply) => {
  const [owner, week] = content.weeks[Number(params.at)]!;
  await run(diary, owner!);
  const [row] = await run(diary, week!);
  const frame = JSON.stringify(content.weekFrames[Number(params.at)]).slice(0, -1);
  return reply
    .type('application/json; charset=utf-8')
    .send(`${frame},"days":${(row as { days: string }).days}}`);
});

interface Entry {
  studentId: string;
  kind: 'mark' | 'attendance';
  value?: string;
  code?: string;
}

app.post<{
  Body: { schoolId: string; lessonId: string; workTypeId: string; accountId: string; entries: Entry[] };
}>('/entries', async ({ body }) => {
  const client = await journal.connect();
  const savedAt = new Date().toISOString();
  const rows = body.entries.map((entry) => ({
    ...entry,
    cellId: randomUUID(),
    markId: randomUUID(),
    changeId: randomUUID(),
  }));
  const marks = rows.filter((row) => row.kind === 'mark');
  const of = (text: string, ...values: unknown[]) => run(client, { text, values });
  try {
    await client.query('begin');
    await of(
      `insert into journal.answered_commands (actor, key, operation, request_hash, answer) values ($1, $2, 'entries', $3, $4)`,
      body.accountId,
      randomUUID(),
      createHash('sha256').update(JSON.stringify(body)).digest('base64url'),
      JSON.stringify(rows),
    );
    await of(
      `insert into journal.cells (school_id, lesson_id, student_id, id, version, attendance)
       select $1, $2, x."studentId", x."cellId", 1, x.code
       from jsonb_to_recordset($3::jsonb) as x("studentId" uuid, "cellId" uuid, code text)`,
      body.schoolId,
      body.lessonId,
      JSON.stringify(rows),
    );
    await of(
      `insert into journal.marks (school_id, id, lesson_id, student_id, value, numeric_value, work_type_id, is_late, recorded_at, version)
       select $1, x."markId", $2, x."studentId", x.value, x.value::numeric, $4, false, $5, 1
       from jsonb_to_recordset($3::jsonb) as x("markId" uuid, "studentId" uuid, value text)`,
      body.schoolId,
      body.lessonId,
      JSON.stringify(marks),
      body.workTypeId,
      savedAt,
    );
    await of(
      `insert into journal.changes (school_id, id, lesson_id, student_id, mark_id, subject, after, is_late, changed_at, account_id, changed_by)
       select $1, x."changeId", $2, x."studentId", x."markId", x.kind, coalesce(x.value, x.code), false, $4, $5, 'Иванова'
       from jsonb_to_recordset($3::jsonb) as x("changeId" uuid, "studentId" uuid, "markId" uuid, kind text, value text, code text)`,
      body.schoolId,
      body.lessonId,
      JSON.stringify(rows),
      savedAt,
      body.accountId,
    );
    await of(
      `insert into journal.outbox (id, subject, envelope, published_at)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])`,
      [randomUUID()],
      [`evt.journal.lesson.entries-recorded.v1.${body.schoolId}`],
      [JSON.stringify({ ...body, entries: rows, savedAt, padding: 'x'.repeat(500) })],
      [savedAt],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  return {
    savedAt,
    cells: rows.map((row) => ({
      lessonId: body.lessonId,
      studentId: row.studentId,
      version: 1,
      attendance: row.code ?? null,
      minutesLate: null,
      marks: row.value
        ? [
            {
              markId: row.markId,
              value: row.value,
              workTypeId: body.workTypeId,
              comment: null,
              isLate: false,
            },
          ]
        : [],
    })),
  };
});

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
