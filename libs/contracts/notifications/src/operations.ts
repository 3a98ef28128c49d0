import type { Operation } from '@parta/platform-contract';
import * as contacts from './contacts.js';
import * as deliveries from './deliveries.js';
import * as settings from './settings.js';

/** Every operation of notifications. */
export const operations: readonly Operation[] = [settings, contacts, deliveries].flatMap((module) =>
  Object.values(module).filter(
    (value): value is Operation => typeof value === 'object' && 'subject' in value,
  ),
);
