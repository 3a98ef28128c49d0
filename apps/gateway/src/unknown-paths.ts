import { MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { operations } from './operations.js';

/** First parts of paths that are never a page: those of the operations, and what else the gateway answers. */
const RESERVED = new Set([
  ...operations.map(({ http }) => http!.path.split('/')[1]!),
  'api',
  'assets',
  'health',
  'ims',
  'metrics',
  '.well-known',
]);

/**
 * Answers what no route takes, before anything of the body is read: 405 with `Allow` where the path has routes of other methods, the
 * page where the path may be one of the web application, 404 elsewhere. It has to be called before routes are registered.
 * @param hasWeb whether the web application is served
 */
export function answerUnknownPaths(fastify: FastifyInstance, hasWeb: boolean): void {
  const routes: { path: RegExp; methods: string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ path: patternOf(url), methods: [method].flat() });
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0]!;
    const methods = new Set(
      routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods),
    );
    if (methods.size > 0) {
      const allowed = [...methods].sort().join(', ');
      void reply.header('allow', allowed);
      return done(new MethodNotAllowedException(`${request.method} is not taken here, ${allowed} is`));
    }
    if (hasWeb && (request.method === 'GET' || request.method === 'HEAD') && isPage(path))
      return void reply.sendFile('index.html');
    done(new NotFoundException(`there is no ${path.slice(0, 200)}`));
  });
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);

/** Deep links are the application's own routes; they have no dot, as files have. */
export function isPage(path: string): boolean {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return false;
  }
  const [first = ''] = decoded
    .toLowerCase()
    .split(/[/\\]+/)
    .filter(Boolean);
  return !RESERVED.has(first) && !decoded.includes('.');
}
