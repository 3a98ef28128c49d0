import { normalName } from '@parta/platform-contract';
import { sql, type Database } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';
import { isRosterEntity } from '../roster-counts.js';
import type { DataFileName, RosterPackage, RosterRow } from '../package/roster-package.js';

const CHUNK = 2000;

/** Files that others refer to: their ids are kept, so that a later delta may name them. Their contents are not ours. */
const REFERENCED_ONLY: readonly DataFileName[] = [
  'userProfiles',
  'categories',
  'lineItems',
  'results',
  'scoreScales',
  'resources',
];

/** Never stored: a password in a roster is nobody's business but its sender's. */
const DROPPED_COLUMNS = new Set(['sourcedId', 'status', 'dateLastModified', 'password']);

/**
 * Puts the records of a package into the temporary table `staged`, which lives as long as the transaction. Blank cells
 * are left out, so that a column that is not sent and one that is sent empty are the same.
 * @param submittedAt nothing was changed later: a clock that is wrong would bar every later change of its records
 */
export async function stage(
  database: Database,
  pkg: RosterPackage,
  submittedAt: Date,
  onShare: (share: number) => void,
): Promise<void> {
  await database.run(sql`
    create temporary table staged (
      entity text not null,
      sourced_id text not null,
      row_number int not null,
      new_id uuid not null,
      is_deleted boolean not null,
      last_modified timestamptz,
      data jsonb not null,
      content_hash bytea not null
    ) on commit drop`);
  const files = (Object.keys(pkg.counts) as DataFileName[]).filter(
    (file) => (isRosterEntity(file) || REFERENCED_ONLY.includes(file)) && pkg.counts[file] > 0,
  );
  const total = files.reduce((sum, file) => sum + pkg.counts[file], 0);
  let done = 0;
  for (const file of files) {
    let chunk: RosterRow[] = [];
    const write = async () => {
      await insert(database, file, chunk, submittedAt);
      done += chunk.length;
      chunk = [];
      onShare(done / total);
    };
    for await (const row of pkg.rows(file)) if (chunk.push(row) === CHUNK) await write();
    if (chunk.length > 0) await write();
  }
  await database.run(sql`create unique index on staged (entity, sourced_id)`);
  await database.run(sql`analyze staged (entity, sourced_id)`);
}

async function insert(
  database: Database,
  file: DataFileName,
  rows: readonly RosterRow[],
  submittedAt: Date,
): Promise<void> {
  const keepsData = isRosterEntity(file);
  const records = rows.map(({ row, values }) => ({
    s: values.sourcedId,
    r: row,
    i: uuidv7(),
    d: values.status === 'tobedeleted',
    m: values.dateLastModified || null,
    v: keepsData ? contentOf(values) : {},
  }));
  await database.run(sql`
    insert into staged
    select ${file}, x.s, x.r, x.i, x.d, case when x.m > ${submittedAt}::timestamptz then ${submittedAt}::timestamptz else x.m end, x.v, sha256(convert_to(x.v::text, 'UTF8'))
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      as x(s text, r int, i uuid, d boolean, m timestamptz, v jsonb)`);
}

/** Cells hold one line. A list is one of names: «История , Право» begins with «История». */
const normalItems = (value: string): string =>
  value.includes(',') ? normalName(value.replace(/[^\S\n]+(?=,)/g, '')) : normalName(value);

function contentOf(values: Record<string, string>): Record<string, string> {
  const content: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (DROPPED_COLUMNS.has(name)) continue;
    const text = normalItems(value);
    if (text !== '') content[name] = text;
  }
  return content;
}
