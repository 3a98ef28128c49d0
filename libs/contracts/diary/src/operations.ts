import type { Operation } from '@parta/platform-contract';
import * as days from './days.js';
import * as marks from './marks.js';

/** Every operation of diary. */
export const operations: readonly Operation[] = [days, marks].flatMap((module) =>
  Object.values(module).filter(
    (value): value is Operation => typeof value === 'object' && 'subject' in value,
  ),
);
