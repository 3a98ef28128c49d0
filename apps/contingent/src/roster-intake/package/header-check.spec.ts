import { describe, expect, it } from '@jest/globals';
import { issuesOf, problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';

/** orgs.csv whose columns are rearranged by the header alone: cells are taken by name. */
const withHeader = (header: string) => {
  const values: Record<string, string> = { sourcedId: 'o1', name: 'Школа', type: 'school' };
  const row = header.split(',').map((name) => values[name] ?? '');
  return new PackageBuilder().only('orgs').rewrite('orgs', () => `${header}\r\n${row.join(',')}\r\n`);
};

describe('the header of a data file', () => {
  it('is missing when the file is empty', async () => {
    const builder = new PackageBuilder().only('orgs').rewrite('orgs', () => '');
    expect(await problemsOf(builder)).toEqual(['table.missing_header orgs.csv:1 -']);
  });

  it('needs data rows behind it', async () => {
    expect(await problemsOf(new PackageBuilder().only('orgs').clear('orgs'))).toEqual([
      'table.missing_data_rows orgs.csv:- -',
    ]);
  });

  it('is refused when a column is given twice', async () => {
    const header = 'sourcedId,status,dateLastModified,name,name,type,identifier,parentSourcedId';
    expect(await problemsOf(withHeader(header))).toEqual(['table.duplicate_header orgs.csv:1 name']);
  });

  it('is refused when a column has no name', async () => {
    const header = 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,';
    expect(await problemsOf(withHeader(header))).toEqual(['table.empty_header_name orgs.csv:1 -']);
  });

  it('is refused when a column is missing', async () => {
    const header = 'sourcedId,status,dateLastModified,name,type,parentSourcedId';
    expect(await problemsOf(withHeader(header))).toEqual(['schema.missing_header orgs.csv:1 identifier']);
  });

  it('tells the right spelling of a column in the wrong case', async () => {
    const header = 'SourcedID,status,dateLastModified,name,type,identifier,parentSourcedId';
    const issues = await issuesOf(withHeader(header));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'schema.missing_header', field: 'sourcedId' });
    expect(issues[0]!.message).toContain('«SourcedID» надо писать точно так: «sourcedId»');
  });

  it('is one issue when columns are reordered, and rows are still checked by name', async () => {
    const header = 'sourcedId,status,dateLastModified,type,name,parentSourcedId,identifier';
    expect(await problemsOf(withHeader(header))).toEqual(['schema.header_order_mismatch orgs.csv:1 name']);
  });

  it('may end with metadata columns', async () => {
    const header =
      'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.инн,metadata.a-b';
    expect(await problemsOf(withHeader(header))).toEqual([]);
  });

  it('is refused when a metadata column stands among the others', async () => {
    const header = 'sourcedId,status,dateLastModified,metadata.inn,name,type,identifier,parentSourcedId';
    expect(await problemsOf(withHeader(header))).toEqual([
      'schema.metadata_column_position orgs.csv:1 metadata.inn',
    ]);
  });

  it.each(['inn', 'Metadata.inn', 'metadata.', 'metadata.a b'])(
    'is refused with the extra column «%s»',
    async (name) => {
      const header = `sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,${name}`;
      expect(await problemsOf(withHeader(header))).toEqual([
        `schema.invalid_metadata_header orgs.csv:1 ${name}`,
      ]);
    },
  );

  it('fixes the width of every row', async () => {
    const builder = new PackageBuilder().only('orgs').rewrite('orgs', (text) => `${text}o9,,,Школа\r\n\r\n`);
    expect(await problemsOf(builder)).toEqual([
      'table.row_width_mismatch orgs.csv:4 -',
      'table.row_width_mismatch orgs.csv:5 -',
    ]);
  });

  it('does not blame references to a row of the wrong width', async () => {
    const builder = new PackageBuilder().rewrite('orgs', (text) =>
      text.replace('school,,district', 'school,,district,'),
    );
    expect(await problemsOf(builder)).toEqual(['table.row_width_mismatch orgs.csv:3 -']);
  });
});
