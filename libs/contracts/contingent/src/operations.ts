import type { Operation } from '@parta/platform-contract';
import * as exchange from './exchange.js';
import * as school from './school.js';

/** Every operation of contingent. */
export const operations: readonly Operation[] = [exchange, school].flatMap((module) =>
  Object.values(module).filter(
    (value): value is Operation => typeof value === 'object' && 'subject' in value,
  ),
);
