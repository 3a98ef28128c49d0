import { fileNameOf, type DataFileName } from './file-schemas.js';
import { quoteValue, type IssueLog } from './issues.js';
import type { ManifestDraft } from './manifest.js';

/** Which of these sourcedIds the receiver already holds. */
export type KnownTarget = (file: DataFileName, sourcedIds: string[]) => Promise<Set<string>>;

interface Unresolved {
  file: DataFileName;
  row: number;
  field: string;
  target: DataFileName;
  id: string;
}

const ASKED_AT_ONCE = 1000;
const SETTLE_AT = 10_000;

/**
 * Uniqueness of sourcedIds and the references between files. Files are read in an order in which targets come
 * first, so only references inside one file have to wait for its end; all that is kept are ids.
 */
export class ReferenceChecker {
  /** sourcedId → row where it was first seen, for files read so far. */
  private readonly rowsById = new Map<DataFileName, Map<string, number>>();
  private readonly incomplete = new Set<DataFileName>();
  private readonly answers = new Map<DataFileName, Map<string, boolean>>();
  private readonly schoolYears = new Set<string>();
  private unresolved: Unresolved[] = [];
  private insideFile: Unresolved[] = [];

  constructor(
    private readonly modes: ManifestDraft['modes'],
    private readonly knownTarget: KnownTarget | undefined,
    private readonly log: IssueLog,
  ) {}

  /** Notes a record; a repeated sourcedId is an issue. */
  register(file: DataFileName, id: string, row: number): void {
    let rows = this.rowsById.get(file);
    if (!rows) this.rowsById.set(file, (rows = new Map()));
    const firstRow = rows.get(id);
    if (firstRow === undefined) rows.set(id, row);
    else {
      const message = `Идентификатор ${quoteValue(id)} уже занят строкой ${firstRow}. В одном файле sourcedId не повторяется.`;
      this.log.add({
        file: fileNameOf(file),
        row,
        field: 'sourcedId',
        code: 'reference.duplicate_sourced_id',
        message,
      });
    }
  }

  rememberSchoolYear(academicSessionId: string): void {
    this.schoolYears.add(academicSessionId);
  }

  /** Notes that a row refers to a record; reported at once or when its fate is known. */
  require(file: DataFileName, row: number, field: string, target: DataFileName, id: string): void {
    if (file === 'lineItems' && target === 'academicSessions' && this.schoolYears.has(id)) {
      const message = `Учебный период ${quoteValue(id)} — учебный год. Работа относится к четверти, триместру или полугодию.`;
      this.log.add({ file: fileNameOf(file), row, field, code: 'reference.invalid_target_type', message });
      return;
    }
    if (this.rowsById.get(target)?.has(id)) return;
    (target === file ? this.insideFile : this.unresolved).push({ file, row, field, target, id });
  }

  /** Call between portions of rows: settles what has piled up so that memory stays bounded. */
  async settleIfMany(): Promise<void> {
    if (this.unresolved.length >= SETTLE_AT) await this.settle();
  }

  /** `complete` is false when rows were lost to a fault: references to it then cannot be judged. */
  async endFile(file: DataFileName, complete: boolean, isTarget: boolean): Promise<void> {
    if (!complete) this.incomplete.add(file);
    const ids = this.rowsById.get(file);
    for (const waiting of this.insideFile) if (!ids?.has(waiting.id)) this.unresolved.push(waiting);
    this.insideFile = [];
    await this.settle();
    if (!isTarget) this.rowsById.delete(file);
  }

  private async settle(): Promise<void> {
    const open = this.unresolved.filter(({ target }) => !this.incomplete.has(target) && this.modes[target]);
    this.unresolved = [];
    await this.askReceiver(open);
    for (const reference of open) {
      if (this.answers.get(reference.target)?.get(reference.id) !== true) this.reportMissing(reference);
    }
  }

  /** A bulk file is the complete state: what it lacks will be gone, so the receiver's own records do not count. */
  private async askReceiver(open: Unresolved[]): Promise<void> {
    if (!this.knownTarget) return;
    const questions = new Map<DataFileName, Set<string>>();
    for (const { target, id } of open) {
      if (this.modes[target] === 'bulk' || this.answers.get(target)?.has(id)) continue;
      if (!questions.has(target)) questions.set(target, new Set());
      questions.get(target)!.add(id);
    }
    for (const [target, ids] of questions) {
      const answers = this.answers.get(target) ?? new Map<string, boolean>();
      this.answers.set(target, answers);
      const asked = [...ids];
      for (let start = 0; start < asked.length; start += ASKED_AT_ONCE) {
        const batch = asked.slice(start, start + ASKED_AT_ONCE);
        const known = await this.knownTarget(target, batch);
        for (const id of batch) answers.set(id, known.has(id));
      }
    }
  }

  private reportMissing({ file, row, field, target, id }: Unresolved): void {
    const targetFile = fileNameOf(target);
    const isAbsent = this.modes[target] === 'absent';
    this.log.add({
      file: fileNameOf(file),
      row,
      field,
      code: isAbsent ? 'reference.missing_target_file' : 'reference.missing_target_record',
      message: isAbsent
        ? `Запись ${quoteValue(id)} должна быть в файле ${targetFile}, но он не передан, и ранее такая запись не поступала. Добавьте файл в пакет.`
        : `Записи ${quoteValue(id)} нет в файле ${targetFile}${this.modes[target] === 'delta' ? ', и ранее она не поступала' : ''}. Добавьте её или исправьте ссылку.`,
    });
  }
}
