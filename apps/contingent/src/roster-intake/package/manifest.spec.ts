import { describe, expect, it } from '@jest/globals';
import { issuesOf, problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';

const orgsOnly = () => new PackageBuilder().only('orgs');
const withLine = (from: string, to: string) =>
  orgsOnly().manifest((lines) => lines.map((line) => (line === from ? to : line)));

describe('manifest.csv', () => {
  it('is refused when it is empty', async () => {
    expect(await problemsOf(orgsOnly().manifestText(''))).toEqual([
      'manifest.missing_header manifest.csv:1 -',
    ]);
  });

  it.each(['property,value', 'propertyname,value', 'propertyName,value,comment'])(
    'is refused when its header is %s',
    async (header) => {
      expect(await problemsOf(withLine('propertyName,value', header))).toEqual([
        'manifest.invalid_header manifest.csv:1 -',
      ]);
    },
  );

  it.each(['file.users,absent', 'manifest.version,1.0', 'oneroster.version,1.2'])(
    'is refused when it misses the property of %s',
    async (missing) => {
      const builder = orgsOnly().manifest((lines) => lines.filter((line) => line !== missing));
      const name = missing.split(',')[0];
      expect(await problemsOf(builder)).toEqual([`manifest.missing_property manifest.csv:- ${name}`]);
    },
  );

  it('may leave out the source system', async () => {
    const builder = orgsOnly().manifest((lines) => lines.filter((line) => !line.startsWith('source.')));
    expect(await problemsOf(builder)).toEqual([]);
  });

  it('is refused when it has an unknown property', async () => {
    const builder = orgsOnly().manifest((lines) => [...lines, 'file.timetable,bulk']);
    expect(await problemsOf(builder)).toEqual(['manifest.unknown_property manifest.csv:27 file.timetable']);
  });

  it('is refused when it repeats a property', async () => {
    const builder = orgsOnly().manifest((lines) => [...lines, 'file.orgs,bulk']);
    const [issue] = await issuesOf(builder);
    expect(issue).toMatchObject({ code: 'manifest.duplicate_property', row: 27, field: 'file.orgs' });
    expect(issue!.message).toContain('в строке 15');
  });

  it('is refused when its own version is not 1.0', async () => {
    expect(await problemsOf(withLine('manifest.version,1.0', 'manifest.version,2.0'))).toEqual([
      'manifest.invalid_manifest_version manifest.csv:2 manifest.version',
    ]);
  });

  it('is refused as OneRoster 1.1 with one issue, not with every difference between the versions', async () => {
    const builder = orgsOnly().manifest((lines) =>
      lines
        .filter((line) => !/roles|userProfiles|[sS]coreScales|ObjectiveIds/.test(line))
        .map((line) => line.replace('oneroster.version,1.2', 'oneroster.version,1.1')),
    );
    expect(await problemsOf(builder)).toEqual([
      'manifest.invalid_oneroster_version manifest.csv:3 oneroster.version',
    ]);
  });

  it.each(['full', 'Bulk', ''])('is refused when a file mode is «%s»', async (mode) => {
    expect(await problemsOf(withLine('file.users,absent', `file.users,${mode}`))).toEqual([
      'manifest.invalid_file_mode manifest.csv:24 file.users',
    ]);
  });

  it('is refused when a file it names is missing', async () => {
    expect(await problemsOf(new PackageBuilder().without('users.csv'))).toEqual([
      'manifest.file_missing manifest.csv:- file.users',
    ]);
  });

  it('is refused when a file it calls absent is there', async () => {
    const builder = orgsOnly().entry({ name: 'users.csv', content: 'x' });
    expect(await problemsOf(builder)).toEqual(['manifest.file_unexpected manifest.csv:- file.users']);
  });

  it('is refused when a row has not two values', async () => {
    const builder = orgsOnly().manifest((lines) => [...lines, '', 'a,b,c']);
    expect(await problemsOf(builder)).toEqual([
      'manifest.row_width_mismatch manifest.csv:27 -',
      'manifest.row_width_mismatch manifest.csv:28 -',
    ]);
  });

  it('is refused with a semicolon for a separator', async () => {
    expect(
      await problemsOf(orgsOnly().manifestText('propertyName;value\r\nmanifest.version;1.0\r\n')),
    ).toEqual(['csv.wrong_delimiter manifest.csv:1 -']);
  });
});
