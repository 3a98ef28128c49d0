import type { Platform } from '../platform.js';

/** The connection by which a service publishes and hears, and the one by which it answers. */
export const factsOf = (service: string): RegExp => new RegExp(`^parta-${service}$`);
export const answersOf = (service: string): RegExp => new RegExp(`^parta-${service}-rpc$`);

/** Lets a lock stop the service in the middle of its work, kills it there and lets go. */
export async function killWhileItWaitsFor(
  platform: Platform,
  service: string,
  lock: string,
  statement: string,
): Promise<void> {
  const holder = await platform.connection();
  try {
    await holder.query('begin');
    await holder.query(lock);
    await platform.untilBlocked(service, statement);
    platform.kill(service);
  } finally {
    await holder.end();
  }
}

/** Kills a service whose line is held: what it had sent has got no further than the line. */
export function killWithWhatIsHeld(platform: Platform, service: string, line: RegExp): void {
  platform.kill(service);
  platform.natsProxy.lose(line);
}

/** What stops whoever writes into a table, and no reader. */
export const lockOf = (table: string): string => `lock table ${table} in share mode`;

/**
 * Holds a line at the moment before a commit, so that the commit takes place and nothing of it gets any further. Not earlier: the work
 * may need the line to get so far, as that with a package's file does.
 * @param whileLocked done when nothing more of the table is committed, and before that is
 * @returns lets through what is held
 */
export async function holdBeforeCommit(
  platform: Platform,
  service: string,
  table: string,
  statement: string,
  line: RegExp,
  whileLocked: () => Promise<void> = async () => {},
): Promise<() => void> {
  const holder = await platform.connection();
  try {
    await holder.query('begin');
    await holder.query(lockOf(table));
    await platform.untilBlocked(service, statement);
    await whileLocked();
    return platform.natsProxy.hold(line, 'out');
  } finally {
    await holder.end();
  }
}
