import { operationsIn } from '@parta/platform-contract';
import * as clients from './clients.js';
import * as invitations from './invitations.js';
import * as me from './me.js';
import * as people from './people.js';
import * as sessions from './sessions.js';

/** Every operation of identity. */
export const operations = operationsIn(sessions, me, invitations, people, clients);
