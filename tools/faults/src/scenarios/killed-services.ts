import { eventually } from '../eventually.js';
import type { Fault } from '../suite.js';
import { killWhileItWaitsFor, killWithWhatIsHeld } from './kill-steps.js';
import { killedConsumers, submission } from './killed-consumers.js';
import { killedProducers } from './killed-producers.js';

/*
 * kill -9 of each service at each step of its work; the supervisor starts it again. Who publishes: before its commit, after the commit and
 * before it publishes, after that and before it notes so, before it answers. Who hears: in a projection, and after its commit before it
 * acknowledges. Each fault makes sure that the step was reached: else it would pass without having broken anything.
 */

const gatewayKilled: Fault = {
  name: 'gateway killed with commands in its hands',
  async breakIt({ platform }) {
    const release = platform.natsProxy.hold(/^parta-gateway/, 'in');
    try {
      const before = await platform.count('journal.changes');
      await eventually('a command to be committed', async () =>
        (await platform.count('journal.changes')) > before ? null : 'none is',
      );
      killWithWhatIsHeld(platform, 'gateway', /^parta-gateway/);
    } finally {
      release();
    }
  },
  check(_suite, { repeated }) {
    if (repeated === 0) throw new Error('no command was without an answer');
    return Promise.resolve();
  },
};

const sessionRenewal: Fault = {
  name: 'identity killed while a session is renewed',
  breakIt: ({ platform }) =>
    killWhileItWaitsFor(
      platform,
      'identity',
      'lock table identity.sessions in exclusive mode',
      '%from sessions%',
    ),
};

const [beforeCommit, beforePublishing, beforeAnswering, beforeNoting] = killedProducers;
const [inProjection, beforeAcknowledging] = killedConsumers;

/** Its supervisor holds a service back for longer when it dies twice within a minute: others die in between. */
export const killedServices: readonly Fault[] = [
  ...beforeCommit!,
  ...inProjection!,
  ...beforePublishing!,
  ...submission,
  gatewayKilled,
  ...beforeAnswering!,
  ...beforeAcknowledging!,
  sessionRenewal,
  ...beforeNoting!,
];
