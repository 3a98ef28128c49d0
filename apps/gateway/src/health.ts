import { readinessOf, type Watched } from '@parta/platform-rpc';
import type { FastifyInstance } from 'fastify';

/**
 * `/health/live` and `/health/ready` for whoever balances between gateways: whether, and nothing more. What is the matter, and the metrics,
 * are for those who run the installation, at a port of their own (`serveHealth`).
 */
export function registerHealth(fastify: FastifyInstance, watched: readonly Watched[]): void {
  fastify.get('/health/live', () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const { problems } = await readinessOf(watched);
    return reply
      .status(problems.length > 0 ? 503 : 200)
      .send({ status: problems.length > 0 ? 'not ready' : 'ready' });
  });
}
