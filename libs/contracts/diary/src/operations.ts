import { operationsIn } from '@parta/platform-contract';
import * as days from './days.js';
import * as marks from './marks.js';

/** Every operation of diary. */
export const operations = operationsIn(days, marks);
