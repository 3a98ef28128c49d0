/** One problem in a package, in words a person at the sending side can act on. */
export interface RosterIssue {
  /** CSV file or zip entry; empty when the archive as a whole is meant. */
  file: string;
  /** Row as a spreadsheet shows it: the header is row 1. Null when no row is meant. */
  row: number | null;
  /** Column name, or the property name in manifest.csv. */
  field: string | null;
  /** Stable `group.code`, see docs of the roster exchange. */
  code: string;
  /** A Russian sentence: what is wrong and what to do. */
  message: string;
}

/** How often one kind of problem occurs in one column; complete even when single issues are dropped. */
export interface RosterIssueGroup {
  file: string;
  field: string | null;
  code: string;
  count: number;
}

const SHARE_OF_ONE_KIND = 10;
const KEPT_OF_ONE_KIND_AT_LEAST = 20;

/**
 * Collects issues within a bound. A package with a wrong date format in 100,000 rows must not push every
 * other problem out of the report, so one kind (file, column, code) may take only a tenth of the room.
 */
export class IssueLog {
  private readonly kept: RosterIssue[] = [];
  private readonly groups = new Map<string, RosterIssueGroup>();
  private readonly perKind: number;
  private total = 0;

  constructor(private readonly maxIssues: number) {
    this.perKind = Math.max(KEPT_OF_ONE_KIND_AT_LEAST, Math.floor(maxIssues / SHARE_OF_ONE_KIND));
  }

  get count(): number {
    return this.total;
  }

  add(issue: RosterIssue): void {
    this.total += 1;
    const key = `${issue.file}\n${issue.field ?? ''}\n${issue.code}`;
    let group = this.groups.get(key);
    if (!group) {
      group = { file: issue.file, field: issue.field, code: issue.code, count: 0 };
      this.groups.set(key, group);
    }
    group.count += 1;
    if (group.count <= this.perKind && this.kept.length < this.maxIssues) this.kept.push(issue);
  }

  /** Kept issues: file by file in the order of reading, then by row. */
  list(): RosterIssue[] {
    const fileOrder = new Map<string, number>();
    for (const { file } of this.kept) if (!fileOrder.has(file)) fileOrder.set(file, fileOrder.size);
    return this.kept.toSorted(
      (a, b) => fileOrder.get(a.file)! - fileOrder.get(b.file)! || (a.row ?? 0) - (b.row ?? 0),
    );
  }

  summary(): RosterIssueGroup[] {
    return [...this.groups.values()];
  }
}

const SHOWN_CHARACTERS = 60;

/** A value as it appears inside a message: in «ёлочки», shortened, control characters made visible. */
export function quoteValue(value: string): string {
  const characters = Array.from(value.slice(0, SHOWN_CHARACTERS * 2));
  const shown = characters
    .slice(0, SHOWN_CHARACTERS)
    .join('')
    .replace(/\p{Cc}/gu, '·');
  return characters.length > SHOWN_CHARACTERS ? `«${shown}…»` : `«${shown}»`;
}
