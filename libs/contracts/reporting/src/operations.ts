import { operationsIn } from '@parta/platform-contract';
import * as reports from './reports.js';

/** Every operation of reporting. */
export const operations = operationsIn(reports);
