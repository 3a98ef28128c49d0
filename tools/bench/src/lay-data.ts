import { Client } from 'pg';
import type { District } from './district.js';
import { layDiary } from './lay-diary.js';
import { layFamilies } from './lay-families.js';
import { layJournal } from './lay-journal.js';
import { putBy } from './put.js';

/** Lays the district into the schemas of journal, diary and notifications. @returns rows */
export async function layData(adminUrl: string, district: District): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let rows = 0;
  const put = putBy(client, () => (rows += 1));
  try {
    await layJournal(put, district);
    await layDiary(put, district);
    await layFamilies(put, district);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return rows;
}
