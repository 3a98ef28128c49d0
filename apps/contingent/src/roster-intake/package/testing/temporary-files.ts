import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'parta-roster-'));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A path for a new package zip, gone when the spec is over. */
export function temporaryZipPath(): string {
  count += 1;
  return join(folder, `package-${count}.zip`);
}
