import { Bus } from '@parta/platform-messaging';
import { Client } from 'pg';
import { migrationSets } from './services.js';

/**
 * How many facts are still on their way: not yet published, or not yet handled by one of their consumers. After a bulk
 * load the copies of a service are complete when there are none.
 */
export async function factsOnTheirWay(adminUrl: string, natsUrl: string): Promise<number> {
  const admin = new Client({ connectionString: adminUrl });
  const bus = await Bus.connect(natsUrl, 'parta-backlog');
  try {
    await admin.connect();
    const services = migrationSets.map(({ service }) => service);
    const unpublished = await admin.query<{ count: number }>(
      `select sum(count)::int as count from (${services
        .map((name) => `select count(*) from "${name}".outbox where published_at is null`)
        .join(' union all ')}) each_of_them`,
    );
    let count = unpublished.rows[0]!.count;
    for (const service of services)
      for await (const consumer of bus.manager.consumers.list(await bus.ensureStream(service)))
        count += consumer.num_pending + consumer.num_ack_pending;
    return count;
  } finally {
    await admin.end();
    await bus.close();
  }
}
