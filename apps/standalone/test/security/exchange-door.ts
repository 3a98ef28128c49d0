import { contingentMigrations, contingentService } from '@parta/contingent';
import type { RunningGateway } from '@parta/gateway';
import { UPLOADS } from '@parta/platform-messaging';
import { createTestKeys, startServiceBench, type ServiceBench } from '@parta/platform-testing';
import { gatewayOn } from '../gateway-on.js';
import { replyOf, type Reply } from './door.js';

const HOUR = "now() + interval '1 hour'";

/** The gateway in front of the roster exchange, for regional systems of any name. */
export class ExchangeDoor {
  private constructor(
    readonly bench: ServiceBench,
    readonly gateway: RunningGateway,
  ) {}

  static async open(
    { maxRostersWaiting }: { maxRostersWaiting: number },
    options: Parameters<typeof gatewayOn>[2],
  ): Promise<ExchangeDoor> {
    const keys = await createTestKeys();
    const contingent = contingentService({ defaultTimeZone: 'UTC', maxRostersWaiting });
    const bench = await startServiceBench(contingent, contingentMigrations, { keys });
    return new ExchangeDoor(bench, await gatewayOn(bench.bus.nats.getServer(), keys, options));
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    await this.bench.stop();
  }

  async get(client: string, path: string, address = '10.0.0.1'): Promise<Reply> {
    return replyOf(
      await fetch(this.gateway.url + path, {
        headers: { authorization: await this.bearer(client), 'x-forwarded-for': address },
      }),
    );
  }

  /** Pushes something that is no package: it is stored and queued like one, and refused when its turn comes. */
  async push(client: string, body: RequestInit['body']): Promise<Reply> {
    const headers = {
      authorization: await this.bearer(client),
      'content-type': 'application/zip',
      'idempotency-key': crypto.randomUUID(),
    };
    // A stream has to say that it is sent before the answer comes.
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return replyOf(await fetch(`${this.gateway.url}/api/exchange/v1/rosters`, init));
  }

  /** A package of this client that is worked on until `release`: the later ones wait for it. */
  async hold(client: string): Promise<{ release(): Promise<void> }> {
    const id = crypto.randomUUID();
    await this.bench.admin.query(
      `insert into roster_jobs (id, state, is_dry_run, upload_id, sha256, size, submitter_kind, submitter_id,
         submitter_name, correlation_id, submitted_at, counts, lease_token, lease_until)
       values ($1, 'running', false, $1, '', 1, 'client', $2, $2, '', now(), '{}', $1, ${HOUR})`,
      [id, client],
    );
    return {
      release: async () => {
        await this.bench.admin.query(
          `update roster_jobs set state = 'refused', lease_token = null, lease_until = null where id = $1`,
          [id],
        );
      },
    };
  }

  /** Of all files in the bucket of uploads. */
  async bytesKept(): Promise<number> {
    return (await this.bench.bus.manager.streams.info(`OBJ_${UPLOADS.bucket}`)).state.bytes;
  }

  private async bearer(client: string): Promise<string> {
    return `Bearer ${await this.bench.keys.clientToken(client, ['roster.write', 'roster.read'])}`;
  }
}
