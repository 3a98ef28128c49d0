import type { Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import type { Get } from '@parta/platform-rpc';
import { directory } from '../directory/directory.js';
import { LiveUpdates } from '../projection/live-updates.js';
import { projection } from '../projection/projection.js';

/** What the diary hears of; there is no other way into it. */
export function subscriptions(get: Get): Reaction[] {
  const database = get(Database);
  return [...directory(database), ...projection(database, get(LiveUpdates))];
}
