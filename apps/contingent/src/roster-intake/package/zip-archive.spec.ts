import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { checkRosterPackage } from './roster-package.js';
import { problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';
import { temporaryZipPath } from './testing/temporary-files.js';

const withEntry = (name: string) => new PackageBuilder().entry({ name, content: 'x' });

async function problemsOfBytes(bytes: Buffer): Promise<string[]> {
  const path = temporaryZipPath();
  await writeFile(path, bytes);
  return (await checkRosterPackage(path)).issues.map(({ code }) => code);
}

describe('an archive', () => {
  it('is refused when it is not a zip', async () => {
    expect(await problemsOfBytes(Buffer.from('sourcedId,name\n1,x\n'))).toEqual(['zip.invalid_archive']);
  });

  it('is refused when it is empty', async () => {
    expect(await problemsOfBytes(Buffer.alloc(0))).toEqual(['zip.invalid_archive']);
  });

  it('is refused when it was cut off in transit', async () => {
    const bytes = await readFile(await new PackageBuilder().write());
    expect(await problemsOfBytes(bytes.subarray(0, bytes.length - 300))).toEqual(['zip.invalid_archive']);
  });

  it('is refused when a directory entry is damaged', async () => {
    const bytes = await readFile(await new PackageBuilder().write());
    bytes.fill(0xff, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])), bytes.length - 22);
    expect(await problemsOfBytes(bytes)).toEqual(['zip.invalid_archive']);
  });

  it('is refused when compressed data is damaged', async () => {
    const bytes = await readFile(await new PackageBuilder().write());
    const start = bytes.indexOf('users.csv') + 'users.csv'.length;
    bytes.fill(0xff, start, start + 40);
    expect(await problemsOfBytes(bytes)).toEqual(['zip.invalid_archive']);
  });

  it('is refused when a checksum does not match', async () => {
    const builder = new PackageBuilder().only('orgs').without('orgs.csv');
    builder.entry({ name: 'orgs.csv', content: 'sourcedId', declaredChecksum: 1 });
    expect(await problemsOf(builder)).toContain('zip.invalid_archive orgs.csv:- -');
  });

  it('is refused when an entry unpacks to more than it declares', async () => {
    const builder = new PackageBuilder().only('orgs').without('orgs.csv');
    builder.entry({ name: 'orgs.csv', content: Buffer.alloc(50_000_000, 'a'), declaredSize: 100 });
    expect(await problemsOf(builder)).toEqual(['zip.invalid_archive orgs.csv:- -']);
  });

  it('is refused when an entry is encrypted', async () => {
    const builder = new PackageBuilder().entry({ name: 'x.csv', content: 'x', isEncrypted: true });
    expect(await problemsOf(builder)).toEqual(['zip.invalid_archive x.csv:- -']);
  });

  it('is refused when the file is too large', async () => {
    expect(await problemsOf(new PackageBuilder(), { limits: { maxArchiveBytes: 100 } })).toEqual([
      'zip.input_too_large :- -',
    ]);
  });

  it('is refused when an entry is too large', async () => {
    const builder = new PackageBuilder().only('orgs').without('orgs.csv');
    builder.entry({ name: 'orgs.csv', content: Buffer.alloc(5_000_000, 'a') });
    expect(await problemsOf(builder, { limits: { maxEntryBytes: 1_000_000 } })).toEqual([
      'zip.entry_too_large orgs.csv:- -',
    ]);
  });

  it('is refused when it has too many entries', async () => {
    expect(await problemsOf(new PackageBuilder(), { limits: { maxEntries: 10 } })).toEqual([
      'zip.entry_count_exceeded :- -',
    ]);
  });

  it('is refused when all entries together are too large', async () => {
    expect(await problemsOf(new PackageBuilder(), { limits: { maxTotalBytes: 1000 } })).toEqual([
      'zip.total_uncompressed_size_exceeded :- -',
    ]);
  });

  it.each(['../users.csv', 'a/../../users.csv', '..\\users.csv'])(
    'is refused when %s leads out of it',
    async (name) => {
      expect(await problemsOf(withEntry(name))).toEqual([`zip.entry_path_traversal ${name}:- -`]);
    },
  );

  it.each(['/etc/users.csv', '\\share\\users.csv', 'C:\\users.csv'])(
    'is refused when %s is absolute',
    async (name) => {
      expect(await problemsOf(withEntry(name))).toEqual([`zip.entry_absolute_path ${name}:- -`]);
    },
  );

  it.each(['выгрузка/users.csv', 'a\\users.csv'])('is refused when %s lies in a folder', async (name) => {
    expect(await problemsOf(withEntry(name))).toEqual([`zip.entry_nested_path ${name}:- -`]);
  });

  it('is refused when it has a folder', async () => {
    expect(await problemsOf(withEntry('выгрузка/'))).toEqual(['zip.entry_directory выгрузка/:- -']);
  });

  it('is refused when an entry has no name', async () => {
    expect(await problemsOf(withEntry(''))).toEqual(['zip.entry_empty_name :- -']);
  });

  it('is refused when two entries have one name', async () => {
    expect(await problemsOf(withEntry('users.csv'))).toEqual(['zip.entry_duplicate_name users.csv:- -']);
  });
});
