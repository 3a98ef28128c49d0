import { PackageBuilder } from '../src/roster-intake/package/testing/package-builder.js';
import {
  checkRosterPackage,
  type DataFileName,
  type RosterPackage,
} from '../src/roster-intake/package/roster-package.js';
import { DEMO_PACKAGE } from './intake.js';

export type Row = Record<string, string>;
export type Rows = Partial<Record<DataFileName, Row[]>>;

const DEMO_SYSTEM = 'kontingent-sample';

/** A package that says it comes from the system of the demo roster. */
export const fromDemoSystem = (builder: PackageBuilder): PackageBuilder =>
  builder.manifest((lines) =>
    lines.map((line) => (line.startsWith('source.systemCode') ? `source.systemCode,${DEMO_SYSTEM}` : line)),
  );

/** A package of delta files with these records, changed at this moment unless a record says another. */
export function deltaOf(rows: Rows, at = new Date().toISOString()): PackageBuilder {
  const builder = new PackageBuilder().only(...(Object.keys(rows) as DataFileName[]));
  for (const [file, records] of Object.entries(rows) as [DataFileName, Row[]][]) {
    builder
      .clear(file)
      .mode(file, 'delta')
      .add(
        file,
        ...records.map((row) => ({
          ...row,
          status: row.status || 'active',
          dateLastModified: row.dateLastModified || at,
        })),
      );
  }
  return builder;
}

/** A package of bulk files with these records. */
export function bulkOf(rows: Rows): PackageBuilder {
  const builder = new PackageBuilder().only(...(Object.keys(rows) as DataFileName[]));
  for (const [file, records] of Object.entries(rows) as [DataFileName, Row[]][])
    builder.clear(file).add(file, ...records);
  return builder;
}

/** The demo roster's records, to make changes of. */
export class DemoRoster {
  private constructor(private readonly pkg: RosterPackage) {}

  static async open(): Promise<DemoRoster> {
    const { package: pkg } = await checkRosterPackage(DEMO_PACKAGE);
    return new DemoRoster(pkg!);
  }

  async rows(file: DataFileName, isWanted: (row: Row) => boolean = () => true): Promise<Row[]> {
    const found: Row[] = [];
    for await (const { values } of this.pkg.rows(file)) if (isWanted(values)) found.push(values);
    return found;
  }

  /** The first record that is wanted. */
  async row(file: DataFileName, isWanted: (row: Row) => boolean): Promise<Row> {
    const [found] = await this.rows(file, isWanted);
    if (!found) throw new Error(`no such record in ${file}`);
    return found;
  }
}
