import { operationsIn } from '@parta/platform-contract';
import * as plans from './thematic-plans.js';
import * as year from './school-year.js';
import * as timetable from './timetable.js';

/** Every operation of curriculum. */
export const operations = operationsIn(timetable, year, plans);
