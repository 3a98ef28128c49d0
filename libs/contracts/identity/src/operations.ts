import type { Operation } from '@parta/platform-contract';
import * as clients from './clients.js';
import * as invitations from './invitations.js';
import * as me from './me.js';
import * as people from './people.js';
import * as sessions from './sessions.js';

/** Every operation of identity. */
export const operations: readonly Operation[] = [sessions, me, invitations, people, clients].flatMap(
  (module) =>
    Object.values(module).filter(
      (value): value is Operation => typeof value === 'object' && 'subject' in value,
    ),
);
