import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const PAGES_BELONG_TO_THE_APPLICATION = /^\/(?!api\/|oauth\/|health\/|metrics$|assets\/)[^.]*$/;

/** Serves the built web application: hashed assets for ever, the page itself always asked anew. */
export async function serveWeb(fastify: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html')))
    throw new Error(`the web application is not built: ${root} has no index.html`);
  await fastify.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: false,
    setHeaders: (reply, path) => {
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  // Deep links are the application's own routes; unknown API paths stay errors.
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?')[0]!;
    if (
      (request.method === 'GET' || request.method === 'HEAD') &&
      request.is404 &&
      PAGES_BELONG_TO_THE_APPLICATION.test(path)
    ) {
      void reply.sendFile('index.html');
      return;
    }
    done();
  });
}
