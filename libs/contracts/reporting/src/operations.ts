import type { Operation } from '@parta/platform-contract';

/** Every operation of reporting. */
export const operations: readonly Operation[] = [];
