import { operationsIn } from '@parta/platform-contract';
import * as contacts from './contacts.js';
import * as deliveries from './deliveries.js';
import * as settings from './settings.js';

/** Every operation of notifications. */
export const operations = operationsIn(settings, contacts, deliveries);
