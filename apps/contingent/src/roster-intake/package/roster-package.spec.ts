import { describe, expect, it } from '@jest/globals';
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DATA_FILES, FILE_FIELDS, READING_ORDER } from './file-schemas.js';
import { checkRosterPackage, type RosterRow } from './roster-package.js';
import { PackageBuilder } from './testing/package-builder.js';
import { issuesOf, problemsOf } from './testing/check.js';

const DEMO_PACKAGE = fileURLToPath(
  new URL('../../../../../tools/demo/data/district-oneroster.zip', import.meta.url),
);

async function collect(rows: AsyncIterable<RosterRow>): Promise<RosterRow[]> {
  const all: RosterRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('a valid package', () => {
  it('passes with all 21 files', async () => {
    const check = await checkRosterPackage(await new PackageBuilder().write());
    expect(check.issues).toEqual([]);
    expect(check.issueCount).toBe(0);
    expect(check.package?.manifest).toMatchObject({
      oneRosterVersion: '1.2',
      sourceSystemName: 'ИС «Контингент»',
      sourceSystemCode: 'kont',
    });
    expect(check.package?.manifest.modes.users).toBe('bulk');
    expect(check.package?.counts).toMatchObject({ users: 3, enrollments: 2, userResources: 1 });
  });

  it('passes as the demo district with no issue', async () => {
    const check = await checkRosterPackage(DEMO_PACKAGE);
    expect(check.issues).toEqual([]);
    expect(check.package?.counts).toMatchObject({ orgs: 4, users: 2155, classes: 534, enrollments: 11115 });
  });

  it('streams rows with spreadsheet row numbers and metadata columns', async () => {
    const builder = new PackageBuilder().rewrite('orgs', (text) =>
      text
        .split('\r\n')
        .map((line, index) => (line === '' ? '' : `${line},${index === 0 ? 'metadata.инн' : `18${index}`}`))
        .join('\r\n'),
    );
    const { package: roster } = await checkRosterPackage(await builder.write());
    expect(await collect(roster!.rows('orgs'))).toEqual([
      { row: 2, values: expect.objectContaining({ sourcedId: 'district', 'metadata.инн': '181' }) },
      {
        row: 3,
        values: {
          sourcedId: 'school',
          status: '',
          dateLastModified: '',
          name: 'МБОУ «Школа № 1»',
          type: 'school',
          identifier: '',
          parentSourcedId: 'district',
          'metadata.инн': '182',
        },
      },
    ]);
  });

  it('streams no rows of an absent file, and lets a reader stop early', async () => {
    const { package: roster } = await checkRosterPackage(await new PackageBuilder().only('orgs').write());
    expect(await collect(roster!.rows('users'))).toEqual([]);
    for await (const row of roster!.rows('orgs')) {
      expect(row.row).toBe(2);
      break;
    }
    expect(await collect(roster!.rows('orgs'))).toHaveLength(2);
  });

  it('refuses to stream from a zip that changed after the check', async () => {
    const path = await new PackageBuilder().write();
    const { package: roster } = await checkRosterPackage(path);
    const other = await new PackageBuilder().edit('orgs', { name: 'Другое' }).write();
    await copyFile(other, path);
    await expect(collect(roster!.rows('orgs'))).rejects.toThrow('changed after the package was checked');
  });

  it('reports progress over all files', async () => {
    const progress: number[] = [];
    const { package: roster } = await checkRosterPackage(DEMO_PACKAGE, {
      onProgress: (rows) => progress.push(rows),
    });
    const total = Object.values(roster!.counts).reduce((sum, count) => sum + count);
    expect(progress.at(-1)).toBe(total);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });
});

describe('a package with issues', () => {
  it('is refused whole', async () => {
    const check = await checkRosterPackage(await new PackageBuilder().edit('orgs', { name: '' }).write());
    expect(check.package).toBeNull();
    expect(check.issues).toEqual([
      {
        file: 'orgs.csv',
        row: 2,
        field: 'name',
        code: 'row.missing_required_value',
        message: 'Не заполнен обязательный столбец «name».',
      },
    ]);
  });

  it('keeps a tenth of the report for one kind of problem but counts all', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => ({
      sourcedId: `d${index}`,
      birthDate: '01.09.2015',
    }));
    const path = await new PackageBuilder()
      .clear('demographics')
      .add('demographics', ...rows)
      .write();
    const check = await checkRosterPackage(path, { maxIssues: 300 });
    expect(check.issueCount).toBe(1000);
    expect(check.issues).toHaveLength(60);
    expect(check.groups).toEqual([
      { file: 'demographics.csv', field: 'birthDate', code: 'row.invalid_date', count: 500 },
      { file: 'demographics.csv', field: 'sourcedId', code: 'reference.missing_target_record', count: 500 },
    ]);
  });

  it('never keeps more than the bound', async () => {
    const builder = new PackageBuilder().edit('users', { enabledUser: 'да', userIds: 'x', givenName: '' });
    expect(await issuesOf(builder, { maxIssues: 2 })).toHaveLength(2);
  });

  it('shortens long values in messages and never shows passwords', async () => {
    const builder = new PackageBuilder().edit('users', { enabledUser: 'я'.repeat(500), password: 'секрет' });
    const [issue] = await issuesOf(builder);
    expect(issue!.message).toContain(`«${'я'.repeat(60)}…»`);
    expect(issue!.message.length).toBeLessThan(200);
    expect(JSON.stringify(issue)).not.toContain('секрет');
  });

  it('rejects when the file does not exist', async () => {
    await expect(checkRosterPackage('/nonexistent/package.zip')).rejects.toThrow('ENOENT');
  });
});

describe('the files of a package', () => {
  it('refuses a package without manifest.csv', async () => {
    expect(await problemsOf(new PackageBuilder().without('manifest.csv'))).toEqual([
      'package.missing_manifest manifest.csv:- -',
    ]);
  });

  it('refuses a file that OneRoster does not know', async () => {
    const builder = new PackageBuilder().entry({ name: 'оценки.csv', content: 'x' });
    expect(await problemsOf(builder)).toEqual(['package.unknown_file оценки.csv:- -']);
  });

  it('tells the right spelling of a file name in the wrong case', async () => {
    const builder = new PackageBuilder().only('orgs').entry({ name: 'Users.csv', content: 'x' });
    const [issue] = await issuesOf(builder);
    expect(issue).toMatchObject({ code: 'package.unknown_file', file: 'Users.csv' });
    expect(issue!.message).toContain('users.csv');
  });

  it('refuses the same file twice under names that differ in case', async () => {
    const builder = new PackageBuilder().entry({ name: 'ORGS.csv', content: 'x' });
    expect(await problemsOf(builder)).toEqual(['package.duplicate_file ORGS.csv:- -']);
  });
});

describe('the reading order', () => {
  it('has every file once, after all files it refers to', () => {
    expect(READING_ORDER.toSorted()).toEqual(DATA_FILES.toSorted());
    for (const file of READING_ORDER) {
      for (const { target } of FILE_FIELDS[file]) {
        if (target) expect(READING_ORDER.indexOf(target)).toBeLessThanOrEqual(READING_ORDER.indexOf(file));
      }
    }
  });
});
