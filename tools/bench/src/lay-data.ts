import { Client } from 'pg';
import { WORK_CODES, workTypeOf, type District } from './district.js';
import { layDiary } from './lay-diary.js';
import { layDirectory, type Directory } from './lay-directory.js';
import { layFamilies, layHeardLessons } from './lay-families.js';
import { layJournal } from './lay-journal.js';
import { putBy } from './put.js';

/** Lays the district into the schemas of journal, diary and notifications. @returns rows */
export async function layData(adminUrl: string, district: District): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let rows = 0;
  const put = putBy(client, () => (rows += 1));
  try {
    await layDirectory(put, directoryOf(district));
    await layJournal(put, district);
    await layDiary(put, district);
    await layFamilies(put, district);
    await layHeardLessons(put, district);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return rows;
}

const directoryOf = ({ schools, classes }: District): Directory => ({
  schools,
  classes,
  teachers: classes.map(({ schoolId, teacherId }) => ({
    schoolId,
    id: teacherId,
    name: 'Иванова Мария Петровна',
  })),
  workTypes: schools.flatMap((schoolId) =>
    WORK_CODES.map((code, at) => ({
      schoolId,
      id: workTypeOf(schoolId, at),
      title: `Вид ${code}`,
      code,
      weight: at + 1,
      isWritten: code === 'КР',
    })),
  ),
});
