import type { Operation } from '@parta/platform-contract';
import * as plans from './thematic-plans.js';
import * as year from './school-year.js';
import * as timetable from './timetable.js';

/** Every operation of curriculum. */
export const operations: readonly Operation[] = [timetable, year, plans].flatMap((module) =>
  Object.values(module).filter(
    (value): value is Operation => typeof value === 'object' && 'subject' in value,
  ),
);
