import { createServer, type Server } from 'node:http';
import type { Logger, Metrics } from '@parta/platform-observability';

/** What health and metrics are told of a part of a process. */
export interface Watched {
  name: string;
  metrics: Metrics;
  /** what keeps it from its work, a word for each; none when it is ready */
  problems(): Promise<string[]>;
  /** what an operator has to look into although requests are answered */
  warnings?(): string[];
}

/**
 * Serves `/health/live`, `/health/ready` and `/metrics` to those who run the installation, at a port of their own that nobody else
 * is to reach.
 * @param watched parts of this process; of several each is named in what is said
 */
export async function serveHealth(
  { port, host = '0.0.0.0' }: { port: number; host?: string | undefined },
  watched: readonly Watched[],
  logger: Logger,
): Promise<Server> {
  watched[0]?.metrics.collectProcessMetrics();
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/health/live') return response.writeHead(200).end('live');
      if (request.url === '/health/ready') {
        const { problems, warnings } = await readinessOf(watched);
        return response
          .writeHead(problems.length ? 503 : 200)
          .end(problems.length ? `not ready: ${problems.join(', ')}` : ['ready', ...warnings].join('; '));
      }
      if (request.url === '/metrics') {
        const texts = await Promise.all(watched.map(({ metrics }) => metrics.registry.metrics()));
        return response
          .writeHead(200, { 'content-type': watched[0]!.metrics.registry.contentType })
          .end(texts.length === 1 ? texts[0] : mergeExpositions(texts));
      }
      return response.writeHead(404).end();
    })().catch((error: unknown) => {
      logger.error({ err: error }, 'health endpoint failed');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** What keeps the parts of a process from their work, and what is to be looked into. */
export async function readinessOf(
  watched: readonly Watched[],
): Promise<{ problems: string[]; warnings: string[] }> {
  const said = (name: string, text: string): string => (watched.length > 1 ? `${name}: ${text}` : text);
  const found = await Promise.all(
    watched.map(async (one) => (await one.problems()).map((problem) => said(one.name, problem))),
  );
  return {
    problems: found.flat(),
    warnings: watched.flatMap((one) => one.warnings?.().map((warning) => said(one.name, warning)) ?? []),
  };
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
