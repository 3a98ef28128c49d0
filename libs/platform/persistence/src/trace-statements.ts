import type { Tracing } from '@parta/platform-observability';
import type { Pool, PoolClient } from 'pg';

const SHOWN = 2000;

/**
 * A span for each statement of the pool's connections, whoever sends it: plain SQL and the entity manager alike. The values
 * stay out of it; they are people's.
 */
export function traceStatements(pool: Pool, tracing: Tracing, service: string): void {
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const traced = (...args: unknown[]): unknown => {
      // With a callback nothing is returned to wait for.
      if (args.some((arg) => typeof arg === 'function')) return query(...args);
      const [first] = args;
      const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '');
      const verb = /[a-z]+/i.exec(text)?.[0]?.toLowerCase() ?? 'statement';
      return tracing.detail(
        `${service} ${verb}`,
        'client',
        {
          'db.system.name': 'postgresql',
          'db.namespace': service,
          'db.operation.name': verb,
          'db.query.text': text.replace(/\s+/g, ' ').trim().slice(0, SHOWN),
        },
        () => query(...args) as Promise<unknown>,
      );
    };
    client.query = traced as PoolClient['query'];
  });
}
