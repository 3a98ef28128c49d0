import { isIP } from 'node:net';
import type { Bus } from '@parta/platform-messaging';
import type { Metrics } from '@parta/platform-observability';
import { inTime } from '@parta/platform-rpc';
import type { FastifyInstance } from 'fastify';

/** What health and metrics are told of a service. */
export interface Neighbour {
  name: string;
  metrics: Metrics;
  problems(): Promise<string[]>;
  /** what an operator has to look into although requests are answered */
  warnings?(): string[];
}

/** /health/live, /health/ready and, for this machine and private networks only, /metrics. */
export function registerHealth(fastify: FastifyInstance, bus: Bus, neighbours: readonly Neighbour[]): void {
  neighbours[0]?.metrics.collectProcessMetrics();
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const found: string[] = [];
    await inTime(bus.nats.flush()).catch(() => found.push('nats'));
    for (const neighbour of neighbours) {
      for (const problem of await neighbour.problems()) found.push(`${neighbour.name}: ${problem}`);
    }
    const warned = neighbours.flatMap(
      ({ name, warnings }) => warnings?.().map((one) => `${name}: ${one}`) ?? [],
    );
    return reply
      .status(found.length > 0 ? 503 : 200)
      .send(
        found.length > 0
          ? { status: 'not ready', problems: found }
          : { status: 'ready', ...(warned.length > 0 && { warnings: warned }) },
      );
  });
  fastify.get('/metrics', async (request, reply) => {
    if (!isPrivate(request.ip)) return reply.status(404).send();
    const texts = await Promise.all(neighbours.map((neighbour) => neighbour.metrics.registry.metrics()));
    return reply.type(neighbours[0]!.metrics.registry.contentType).send(mergeExpositions(texts));
  });
}

/** Several registries of one process as one exposition: a metric's HELP and TYPE lines may stand only once. */
function mergeExpositions(texts: readonly string[]): string {
  const byMetric = new Map<string, { header: string[]; samples: string[] }>();
  for (const text of texts) {
    let current: { header: string[]; samples: string[] } | undefined;
    let isNew = false;
    for (const line of text.split('\n')) {
      const name = /^# HELP (\S+)/.exec(line)?.[1];
      if (name) {
        isNew = !byMetric.has(name);
        current = byMetric.get(name) ?? { header: [], samples: [] };
        byMetric.set(name, current);
      }
      if (!line || !current) continue;
      if (!line.startsWith('#')) current.samples.push(line);
      else if (isNew) current.header.push(line);
    }
  }
  return `${[...byMetric.values()].flatMap(({ header, samples }) => [...header, ...samples]).join('\n')}\n`;
}

function isPrivate(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  if (plain === '::1') return true;
  return isIP(plain) === 4 && /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(plain);
}
