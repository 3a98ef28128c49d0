import type { Actor } from '@parta/platform-rpc';
import { sql, type SqlFragment } from '@parta/platform-persistence';

/** Which jobs the actor may see: a regional system its own, a regional operator all (the door admits no one else). */
export const visibleTo = (actor: Actor): SqlFragment =>
  actor.kind === 'client' ? sql`submitter_kind = 'client' and submitter_id = ${actor.id}` : sql`true`;
