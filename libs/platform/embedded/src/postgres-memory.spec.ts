import { totalmem } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { availableMemory, memorySettings } from './postgres-memory.js';

const GB = 1024 ** 3;

describe('PostgreSQL’s memory', () => {
  it.each([
    ['a rented machine', 1, '128MB', '512MB', '512MB'],
    ['an office machine', 8, '1024MB', '4096MB', '1024MB'],
    ['a server', 24, '2048MB', '12288MB', '2048MB'],
    ['a large server', 256, '2048MB', '65536MB', '2048MB'],
  ])('fits %s', (_, gigabytes, shared_buffers, effective_cache_size, max_wal_size) => {
    expect(memorySettings(gigabytes * GB)).toEqual({ shared_buffers, effective_cache_size, max_wal_size });
  });

  it('is of what there is', () => {
    expect(availableMemory()).toBeGreaterThan(0);
    expect(availableMemory()).toBeLessThanOrEqual(totalmem());
  });
});
