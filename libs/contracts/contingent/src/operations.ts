import { operationsIn } from '@parta/platform-contract';
import * as exchange from './exchange.js';
import * as school from './school.js';

/** Every operation of contingent. */
export const operations = operationsIn(exchange, school);
