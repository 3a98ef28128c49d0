import { randomUUID } from 'node:crypto';
import { connect, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { natsOptions } from '@parta/platform-messaging';
import type { Fault } from '../suite.js';

const SECRETS = ['rpc.>', 'rpc.identity.>', 'evt.>', '_INBOX.>', '_INBOX_gateway.>'];

/** A pupil who exists in a made-up fact only. */
let madeUp = '';
/** What was heard of others. */
let heard = 0;

/** Somebody on the bus who has no business there. */
export const strangers: Fault[] = [
  {
    name: 'a bus client without rights',
    isQuick: true,
    async breakIt({ platform, quietSchool: { schoolId, classId } }) {
      heard = 0;
      madeUp = randomUUID();
      const [, right] = /\/\/(.*)@/.exec(platform.natsUrlOf('diary'))!;
      for (const user of ['', 'stranger:guess@', 'diary:guess@', `identity:${right!.split(':')[1]}@`])
        await isRefused(platform.natsUrl.replace('//', `//${user}`));

      // With the credentials of a service, as whoever breaks into it has them.
      const diary = await connect(natsOptions(platform.natsUrlOf('diary'), 'diary'));
      platform.undo.push(() => void diary.close());
      const refused = watch(diary);
      for (const subject of SECRETS)
        diary.subscribe(subject, { callback: (error) => void (error ?? (heard += 1)) });
      const fact = {
        id: randomUUID(),
        schoolId,
        aggregateId: madeUp,
        aggregateVersion: 1,
        data: { personId: madeUp, familyName: 'Подделкин', givenName: 'Пётр', classId, isActive: true },
      };
      const forged = [
        `evt.contingent.student.recorded.v1.${schoolId}`,
        `evt.identity.grants.recorded.v1.${schoolId}`,
        `evt.journal.lesson.entries-recorded.v1.${schoolId}`,
      ];
      for (const subject of forged) diary.publish(subject, JSON.stringify(fact));
      for (const subject of ['rpc.identity.reset-password', 'rpc.journal.record-entries'])
        diary.publish(subject, '{}');
      await diary.flush();
      await diary.flush();
      const missing = [...SECRETS, ...forged].filter((subject) => !refused.has(subject));
      if (missing.length > 0) throw new Error(`the diary may use ${missing.join(', ')}`);
    },
    lasts: 2,
    async check({ platform, stopped }) {
      if (heard > 0) throw new Error(`a stranger heard ${heard} messages`);
      for (const table of [
        'journal.students',
        'diary.students',
        'notifications.students',
        'reporting.students',
      ]) {
        if (stopped.includes(table.split('.')[0]!)) continue;
        if ((await platform.count(table, `id = '${madeUp}'`)) > 0)
          throw new Error(`a made-up fact came into ${table}`);
      }
    },
  },
];

async function isRefused(url: string): Promise<void> {
  const connection = await connect({ ...natsOptions(url, 'stranger'), reconnect: false }).catch(() => null);
  if (!connection) return;
  await connection.close();
  throw new Error('a stranger was let onto the bus');
}

/** The subjects that NATS refuses from now on. */
function watch(connection: NatsConnection): Set<string> {
  const refused = new Set<string>();
  void (async () => {
    for await (const status of connection.status())
      if (status.type === 'error' && status.error instanceof PermissionViolationError)
        refused.add(status.error.subject);
  })();
  return refused;
}
