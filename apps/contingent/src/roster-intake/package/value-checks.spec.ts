import { describe, expect, it } from '@jest/globals';
import { DATA_FILES, FILE_FIELDS, type DataFileName } from './file-schemas.js';
import { issuesOf, problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';

const problemOf = async (file: DataFileName, field: string, value: string) => {
  const issues = await issuesOf(new PackageBuilder().edit(file, { [field]: value }));
  const here = issues.filter(
    (issue) => issue.file === `${file}.csv` && issue.field === field && issue.row === 2,
  );
  return here.map(({ code }) => code);
};

describe('a value', () => {
  it('is refused when it is blank but required, in every file', async () => {
    for (const file of DATA_FILES) {
      for (const { name } of FILE_FIELDS[file].filter(({ required }) => required)) {
        const expected = [`${file}.${name}`, ['row.missing_required_value']];
        expect([`${file}.${name}`, await problemOf(file, name, '')]).toEqual(expected);
      }
    }
  });

  it('is blank when it has only spaces', async () => {
    expect(await problemOf('orgs', 'name', '  ')).toEqual(['row.missing_required_value']);
  });

  it.each(['школа-1', 'a b', 'a:b', 'x'.repeat(256), '{a}'])('is no sourcedId: %s', async (value) => {
    expect(await problemOf('orgs', 'sourcedId', value)).toEqual(['row.invalid_guid']);
  });

  it('names one bad sourcedId of a list', async () => {
    expect(await problemOf('classes', 'termSourcedIds', 'quarter-1, quarter-2')).toEqual([
      'row.invalid_guid',
    ]);
  });

  it.each([
    '01.09.2026',
    '2026-9-1',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-04-00',
    '2026-09-01T00:00:00Z',
  ])('is no date: %s', async (value) => {
    expect(await problemOf('roles', 'beginDate', value)).toEqual(['row.invalid_date']);
  });

  it.each([
    '2026-09-01',
    '2026-09-01T08:30:00Z',
    '2026-09-01T08:30:00.000+03:00',
    '2026-02-30T08:30:00.000Z',
    '2026-09-01T24:00:00.000Z',
  ])('is no moment: %s', async (value) => {
    const builder = new PackageBuilder().delta('orgs').edit('orgs', { dateLastModified: value });
    expect(await problemsOf(builder)).toEqual(['row.invalid_datetime orgs.csv:2 dateLastModified']);
  });

  it.each(['2026/2027', '27'])('is no year: %s', async (value) => {
    expect(await problemOf('academicSessions', 'schoolYear', value)).toEqual(['row.invalid_year']);
  });

  it.each(['Student', 'ученик', 'ext:', 'ext:a b'])('is not in the vocabulary: %s', async (value) => {
    expect(await problemOf('roles', 'role', value)).toEqual(['row.invalid_enum']);
  });

  it('may extend an open vocabulary but not a closed one', async () => {
    expect(await problemOf('roles', 'role', 'ext:психолог')).toEqual([]);
    expect(await problemOf('roles', 'roleType', 'ext:main')).toEqual(['row.invalid_enum']);
  });

  it('is refused when one word of a list is not in the vocabulary', async () => {
    expect(await problemOf('resources', 'roles', 'student,pupil')).toEqual(['row.invalid_enum']);
  });

  it.each(['True', '1', 'да'])('is no boolean: %s', async (value) => {
    expect(await problemOf('users', 'enabledUser', value)).toEqual(['row.invalid_boolean']);
  });

  it.each(['1.5', 'два'])('is no integer: %s', async (value) => {
    expect(await problemOf('categories', 'weight', value)).toEqual(['row.invalid_integer']);
  });

  it.each(['4,5', '5.', 'зач'])('is no number: %s', async (value) => {
    expect(await problemOf('results', 'score', value)).toEqual(['row.invalid_float']);
  });

  it.each(['05,', ',', '05,,06'])('is a list with an empty item: %s', async (value) => {
    expect(await problemOf('users', 'grades', value)).toEqual(['row.invalid_list']);
  });

  it.each(['SNILS:12345678901', '{SNILS}', '{SNILS:1};{ESIA:2}', '{:1}'])(
    'is no list of user ids: %s',
    async (value) => {
      expect(await problemOf('users', 'userIds', value)).toEqual(['row.invalid_list']);
    },
  );

  it('is refused when subjects and their codes differ in number', async () => {
    expect(await problemOf('courses', 'subjectCodes', '01')).toEqual(['row.invalid_list']);
  });

  it('says what is wrong and what to do', async () => {
    const [issue] = await issuesOf(new PackageBuilder().edit('demographics', { birthDate: '28.02.2015' }));
    expect(issue!.message).toBe(
      'Значение «28.02.2015» — не дата. Укажите существующую дату в виде ГГГГ-ММ-ДД, например 2026-09-01.',
    );
  });
});

describe('a date', () => {
  it('may be the 29th of February of a leap year', async () => {
    expect(await problemOf('roles', 'beginDate', '2028-02-29')).toEqual([]);
    expect(await problemOf('roles', 'beginDate', '2000-02-29')).toEqual([]);
    expect(await problemOf('roles', 'beginDate', '2100-02-29')).toEqual(['row.invalid_date']);
  });
});

describe('status and dateLastModified', () => {
  it('are refused in a bulk file', async () => {
    const builder = new PackageBuilder().delta('orgs').mode('orgs', 'bulk').clear('orgs');
    builder.add('orgs', {
      sourcedId: 'school',
      name: 'x',
      type: 'school',
      status: 'active',
      dateLastModified: 'x',
    });
    expect(await problemsOf(builder)).toEqual([
      'row.field_forbidden_in_bulk orgs.csv:2 status',
      'row.field_forbidden_in_bulk orgs.csv:2 dateLastModified',
    ]);
  });

  it('are required in a delta file', async () => {
    const builder = new PackageBuilder().delta('orgs').edit('orgs', { status: '', dateLastModified: '' });
    expect(await problemsOf(builder)).toEqual([
      'row.field_required_in_delta orgs.csv:2 status',
      'row.field_required_in_delta orgs.csv:2 dateLastModified',
    ]);
  });

  it('accept active and tobedeleted only', async () => {
    expect(await problemsOf(new PackageBuilder().delta('roles', 'tobedeleted'))).toEqual([]);
    expect(
      await problemsOf(new PackageBuilder().delta('roles').edit('roles', { status: 'deleted' })),
    ).toEqual(['row.invalid_enum roles.csv:2 status']);
  });
});
