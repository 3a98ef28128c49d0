import type { Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import type { Get } from '@parta/platform-rpc';
import { directory } from '../directory/directory.js';
import { scheduledLessons } from '../lessons/scheduled-lessons.js';
import { LiveUpdates } from './live-updates.js';

/** What journal hears of. */
export function subscriptions(get: Get): Reaction[] {
  const database = get(Database);
  return [...directory(database), scheduledLessons(database, get(LiveUpdates))];
}
