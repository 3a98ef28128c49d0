import type { Fault } from '../suite.js';
import { browser } from './browser.js';
import { brokenCarriers } from './carriers.js';
import { strangeFacts } from './facts.js';
import { killedJobs } from './jobs.js';
import { killedServices } from './killed-services.js';
import { brokenLines } from './lines.js';
import { brokenServers } from './servers.js';
import { strangers } from './strangers.js';

/** Kinds take turns, so that a service is not killed again while its supervisor still holds back for the last time. */
export const faults: readonly Fault[] = taking(
  killedServices,
  brokenServers,
  brokenLines,
  brokenCarriers,
  [...strangeFacts, ...strangers, browser],
  killedJobs,
);

function taking(...kinds: readonly (readonly Fault[])[]): Fault[] {
  const longest = Math.max(...kinds.map((kind) => kind.length));
  return Array.from({ length: longest }, (_, at) => kinds.flatMap((kind) => kind[at] ?? [])).flat();
}
