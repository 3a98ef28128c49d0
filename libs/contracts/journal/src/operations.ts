import { operationsIn } from '@parta/platform-contract';
import * as lessons from './lessons.js';
import * as marks from './marks.js';
import * as openings from './openings.js';
import * as oversight from './oversight.js';
import * as pages from './pages.js';

/** Every operation of journal. */
export const operations = operationsIn(lessons, marks, pages, openings, oversight);
