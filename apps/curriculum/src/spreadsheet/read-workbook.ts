import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReadWorkbook, Sheet, WorkbookBounds, WorkbookFault } from './workbook-worker.js';

export type { CellText, Sheet, SheetRow, WorkbookFault } from './workbook-worker.js';

/** A plan of 1,000 lessons with twenty columns and formatted empty rows stays well below. */
export const BOUNDS: WorkbookBounds = {
  maxUnpackedBytes: 64 * 1024 * 1024,
  maxCells: 100_000,
  maxParts: 500,
};
const MAX_MEMORY_MB = 768;
const USUAL = { maxMs: 8000, maxWaiting: 20 };
const WORKER = new URL(`workbook-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** A file that was not read, and why. */
export class UnreadableWorkbook extends Error {
  constructor(
    readonly fault: WorkbookFault | 'busy',
    options?: ErrorOptions,
  ) {
    super(`the spreadsheet is not read: ${fault}`, options);
  }
}

/**
 * Reads spreadsheets (XLSX) beside the event loop, one at a time, each in a thread of its own within bounds of cells,
 * unpacked bytes, memory and time: a file of a few megabytes may ask for gigabytes.
 */
export class Workbooks {
  private readonly bounds: typeof USUAL;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(bounds: Partial<typeof USUAL> = {}) {
    this.bounds = { ...USUAL, ...bounds };
  }

  /** @throws UnreadableWorkbook; `busy` when twenty files wait already */
  async read(content: Uint8Array): Promise<Sheet[]> {
    if (this.waiting >= this.bounds.maxWaiting) throw new UnreadableWorkbook('busy');
    this.waiting += 1;
    const turn = this.last.then(() => readInThread(content, this.bounds.maxMs));
    this.last = turn.catch(() => undefined);
    try {
      const read = await turn;
      if ('fault' in read) throw new UnreadableWorkbook(read.fault);
      return read.sheets;
    } finally {
      this.waiting -= 1;
    }
  }
}

/** The thread ends with its file, or when it takes too long or too much; the process goes on. */
async function readInThread(content: Uint8Array, maxMs: number): Promise<ReadWorkbook> {
  const worker = new Worker(WORKER, {
    workerData: { content, bounds: BOUNDS },
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    // The flags of a test runner are not for a thread.
    execArgv: [],
    env: {},
  });
  const ended = new AbortController();
  try {
    const [answer] = (await Promise.race([
      once(worker, 'message', { signal: AbortSignal.any([ended.signal, AbortSignal.timeout(maxMs)]) }),
      once(worker, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('the thread has ended without an answer');
      }),
    ])) as [ReadWorkbook];
    return answer;
  } catch (error) {
    throw new UnreadableWorkbook('too-large', { cause: error });
  } finally {
    ended.abort();
    await worker.terminate();
  }
}
