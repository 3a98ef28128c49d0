import { describe, expect, it, jest } from '@jest/globals';
import { DATA_FILES, FILE_FIELDS, type DataFileName } from './file-schemas.js';
import { issuesOf, problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';

const REFERENCES = DATA_FILES.flatMap((file) =>
  FILE_FIELDS[file].flatMap(({ name, target }) => (target ? [[file, name, target] as const] : [])),
);

describe('a reference', () => {
  it.each(REFERENCES)('in %s.%s is refused when %s has no such record', async (file, field, target) => {
    const issues = await issuesOf(new PackageBuilder().edit(file, { [field]: 'nobody' }));
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: 'reference.missing_target_record',
        file: `${file}.csv`,
        row: 2,
        field,
      }),
    );
    expect(issues.find((issue) => issue.field === field)!.message).toContain(`${target}.csv`);
  });

  it('is checked for every item of a list', async () => {
    expect(
      await problemsOf(new PackageBuilder().edit('classes', { termSourcedIds: 'quarter-1,nobody' })),
    ).toEqual(['reference.missing_target_record classes.csv:2 termSourcedIds']);
  });

  it('may point to a later row of the same file', async () => {
    const builder = new PackageBuilder().edit('orgs', { parentSourcedId: 'region' });
    builder.add('orgs', { sourcedId: 'region', name: 'Регион', type: 'state' });
    expect(await problemsOf(builder)).toEqual([]);
  });

  it('is refused when the file it points to is absent', async () => {
    expect(
      await problemsOf(
        new PackageBuilder().only('orgs', 'users', 'userProfiles', 'roles').mode('userProfiles', 'absent'),
      ),
    ).toEqual(['reference.missing_target_file roles.csv:4 userProfileSourcedId']);
  });

  it('from a line item to a whole school year is refused', async () => {
    expect(
      await problemsOf(new PackageBuilder().edit('lineItems', { academicSessionSourcedId: 'year' })),
    ).toEqual(['reference.invalid_target_type lineItems.csv:2 academicSessionSourcedId']);
  });
});

describe('a sourcedId', () => {
  it.each(DATA_FILES)('is refused when it repeats within %s', async (file) => {
    const builder = new PackageBuilder().rewrite(file, (text) => text + text.split('\r\n')[1] + '\r\n');
    const issues = await issuesOf(builder);
    expect(issues).toEqual([
      expect.objectContaining({
        code: 'reference.duplicate_sourced_id',
        file: `${file}.csv`,
        field: 'sourcedId',
      }),
    ]);
    expect(issues[0]!.message).toContain('строкой 2');
  });

  it('may occur in different files', async () => {
    const builder = new PackageBuilder().add('categories', { sourcedId: 'student', title: 'x' });
    expect(await problemsOf(builder)).toEqual([]);
  });
});

describe('records the receiver already holds', () => {
  const received = (...ids: string[]) =>
    jest.fn(async (_file: DataFileName, asked: string[]) => new Set(asked.filter((id) => ids.includes(id))));

  it('satisfy the references of a delta package', async () => {
    const knownTarget = received('class', 'school', 'teacher', 'student');
    const builder = new PackageBuilder().only('enrollments').delta('enrollments');
    expect(await problemsOf(builder, { knownTarget })).toEqual([]);
    expect(knownTarget.mock.calls).toEqual([
      ['classes', ['class']],
      ['orgs', ['school']],
      ['users', ['student', 'teacher']],
    ]);
  });

  it('do not hide what the receiver does not hold either', async () => {
    const builder = new PackageBuilder().only('enrollments', 'users').delta('enrollments').delta('users');
    builder.edit('enrollments', { userSourcedId: 'nobody' });
    expect(await problemsOf(builder, { knownTarget: received('class', 'school') })).toEqual([
      'reference.missing_target_record enrollments.csv:2 userSourcedId',
    ]);
    expect(await problemsOf(builder, { knownTarget: received('class') })).toEqual([
      'reference.missing_target_file users.csv:4 primaryOrgSourcedId',
      'reference.missing_target_file enrollments.csv:2 schoolSourcedId',
      'reference.missing_target_record enrollments.csv:2 userSourcedId',
      'reference.missing_target_file enrollments.csv:3 schoolSourcedId',
    ]);
  });

  it('do not count where a bulk file is the complete state', async () => {
    const knownTarget = received('gone');
    const builder = new PackageBuilder().edit('enrollments', { userSourcedId: 'gone' });
    expect(await problemsOf(builder, { knownTarget })).toEqual([
      'reference.missing_target_record enrollments.csv:2 userSourcedId',
    ]);
    expect(knownTarget).not.toHaveBeenCalled();
  });

  it('cannot be judged when the receiver fails to answer', async () => {
    const knownTarget = async () => Promise.reject(new Error('database is gone'));
    const builder = new PackageBuilder().only('enrollments');
    await expect(problemsOf(builder, { knownTarget })).rejects.toThrow('database is gone');
  });

  it('are asked about in batches, each id once', async () => {
    const row = (index: number) => ({
      sourcedId: `e${index}`,
      classSourcedId: `c${index % 2500}`,
      schoolSourcedId: 'school',
      userSourcedId: 'student',
      role: 'student',
    });
    const rows = Array.from({ length: 20_000 }, (_, index) => row(index));
    const builder = new PackageBuilder()
      .only('enrollments')
      .clear('enrollments')
      .add('enrollments', ...rows);
    const knownTarget = jest.fn(async (_file: DataFileName, asked: string[]) => new Set(asked));
    expect(await problemsOf(builder, { knownTarget })).toEqual([]);
    const asked = knownTarget.mock.calls.flatMap(([file, ids]) => ids.map((id) => `${file} ${id}`));
    expect(asked).toHaveLength(2502);
    expect(new Set(asked).size).toBe(2502);
    for (const [, ids] of knownTarget.mock.calls) expect(ids.length).toBeLessThanOrEqual(1000);
  });
});
