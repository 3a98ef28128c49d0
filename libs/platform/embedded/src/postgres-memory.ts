import { totalmem } from 'node:os';

const MB = 1024 ** 2;

/** What this process may use, in bytes: of the machine, or of the container it is in. */
export function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/**
 * PostgreSQL's memory for a machine that runs everything: an eighth is its cache, since the operating system caches beside it.
 * With less log between two checkpoints the same pages are written whole again and again.
 * @param bytes what the machine has
 */
export function memorySettings(bytes: number): Record<string, string> {
  const share = (part: number, least: number, most: number): string =>
    `${Math.round(Math.min(Math.max(bytes / part / MB, least), most))}MB`;
  return {
    shared_buffers: share(8, 128, 2048),
    effective_cache_size: share(2, 512, 65_536),
    max_wal_size: share(8, 512, 2048),
  };
}
