import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { Intake } from '../../../test/intake.js';
import { bulkOf, deltaOf } from '../../../test/rosters.js';
import { PackageBuilder } from '../package/testing/package-builder.js';
import { temporaryZipPath } from '../package/testing/temporary-files.js';

const TABLES = [
  'source_records',
  'school_directory',
  'schools',
  'people',
  'enrolments',
  'published_records',
  'outbox',
];

const sample = () => new PackageBuilder();
const secondSchool = { sourcedId: 'other', name: 'Лицей', type: 'school' };
const lesson = { courseSourcedId: 'course', classType: 'scheduled', termSourcedIds: 'quarter-1' };

/** One wrong package for each group of codes, and for each rule beyond the schema. */
const WRONG: [string, () => PackageBuilder, Record<string, unknown>][] = [
  [
    'zip',
    () => sample().entry({ name: 'folder/users.csv', content: '' }),
    { code: 'zip.entry_nested_path', file: 'folder/users.csv' },
  ],
  ['package', () => sample().without('manifest.csv'), { code: 'package.missing_manifest' }],
  [
    'manifest',
    () =>
      sample().manifest((lines) =>
        lines.map((line) => line.replace('oneroster.version,1.2', 'oneroster.version,1.1')),
      ),
    { code: 'manifest.invalid_oneroster_version', field: 'oneroster.version' },
  ],
  [
    'csv',
    () => sample().rewrite('users', (text) => text.replace('Котова', '"Котова')),
    { file: 'users.csv' },
  ],
  ['table', () => sample().clear('users'), { code: 'table.missing_data_rows', file: 'users.csv' }],
  [
    'schema',
    () => sample().rewrite('orgs', (text) => text.replace('name,type', 'type,name')),
    { code: 'schema.header_order_mismatch', file: 'orgs.csv' },
  ],
  [
    'row',
    () => sample().edit('demographics', { birthDate: '28.02.2015' }),
    { code: 'row.invalid_date', file: 'demographics.csv', row: 2, field: 'birthDate' },
  ],
  [
    'a year of two centuries',
    () => sample().edit('academicSessions', { startDate: '2026-09-01', endDate: '2199-12-31' }),
    { code: 'domain.session_too_long', file: 'academicSessions.csv', field: 'endDate' },
  ],
  [
    'a year that nobody will see',
    () => sample().edit('academicSessions', { startDate: '2205-09-01', endDate: '2206-06-01' }),
    { code: 'domain.session_out_of_time', file: 'academicSessions.csv', field: 'endDate' },
  ],
  [
    'reference',
    () =>
      deltaOf({
        enrollments: [
          {
            sourcedId: 'e',
            classSourcedId: 'never',
            schoolSourcedId: 'school',
            userSourcedId: 'student',
            role: 'student',
          },
        ],
      }),
    { code: 'reference.missing_target_file', field: 'classSourcedId' },
  ],
  [
    'domain (dates)',
    () => sample().edit('enrollments', { beginDate: '2026-09-02', endDate: '2026-09-01' }),
    { code: 'domain.dates_reversed', file: 'enrollments.csv', row: 2, field: 'endDate' },
  ],
  [
    'domain (a class of a district)',
    () => sample().edit('classes', { schoolSourcedId: 'district' }),
    { code: 'domain.class_outside_school', file: 'classes.csv', field: 'schoolSourcedId' },
  ],
  [
    'domain (a class of another school)',
    () =>
      sample()
        .add('orgs', secondSchool)
        .add('classes', { ...lesson, sourcedId: 'k', title: 'Хор', schoolSourcedId: 'other' })
        .edit('enrollments', { classSourcedId: 'k' }),
    { code: 'domain.enrollment_school_mismatch', row: 2 },
  ],
  [
    'domain (a mother enrolled as a student)',
    () => sample().edit('enrollments', { userSourcedId: 'mother' }),
    { code: 'domain.enrollment_role_mismatch', row: 2, field: 'role' },
  ],
  [
    'domain (a student made a teacher)',
    () => sample().edit('enrollments', { role: 'teacher' }),
    { code: 'domain.enrollment_role_mismatch', row: 2, field: 'role' },
  ],
  [
    'domain (one’s own guardian)',
    () => sample().edit('users', { agentSourcedIds: 'student' }),
    { code: 'domain.agent_is_self', file: 'users.csv', row: 2 },
  ],
];

jest.setTimeout(60_000);

describe('a package with anything wrong', () => {
  let intake: Intake;

  beforeAll(async () => {
    intake = await Intake.open();
  }, 60_000);
  afterAll(() => intake?.close());

  it.each(WRONG)('is refused and leaves nothing: %s', async (_group, build, expected) => {
    const job = await intake.push(build());
    expect(job).toMatchObject({ state: 'refused', progress: 100 });
    expect(job.errors).toEqual(expect.arrayContaining([expect.objectContaining(expected)]));
    expect(job.errorCount).toBeGreaterThanOrEqual(job.errors.length);
    expect(job.reason).toMatch(/^Пакет не принят/);
    expect(job.errors[0]!.message).toMatch(/[а-я]/);
    for (const table of TABLES) expect([table, await intake.countOf(table)]).toEqual([table, 0]);
  });

  it('is refused when it is no archive at all', async () => {
    const path = temporaryZipPath();
    await writeFile(path, 'не архив');
    expect(await intake.push(path)).toMatchObject({
      state: 'refused',
      sourceSystem: null,
      errors: [{ code: 'zip.invalid_archive' }],
    });
  });

  it('keeps its first thousand errors and the number of all', async () => {
    const users = Array.from({ length: 1500 }, (_, index) => ({
      sourcedId: `u${index}`,
      enabledUser: index % 2 ? 'да' : 'true',
      username: '',
      givenName: '',
      familyName: '',
    }));
    const job = await intake.push(bulkOf({ users }));
    expect(job.errorCount).toBe(1500 * 3 + 750);
    expect(job.errors.length).toBeGreaterThan(100);
    expect(job.errors.length).toBeLessThanOrEqual(1000);
    expect(job.counts.users.rejected).toBe(job.errorCount);
    expect(job.records).toEqual({ users: 1500 });
  });
});
