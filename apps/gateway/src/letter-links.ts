import type { FastifyInstance } from 'fastify';

/** The address in a letter's List-Unsubscribe, which mail programs post to (RFC 8058) and some open in a browser. */
const LINK = /^\/api\/v1\/notifications\/unsubscribe\/([\w-]{20,100})$/;

/** Leads a person with a browser from that address to the page with the button; programs get data there as before. */
export function leadReadersToThePage(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const token = request.method === 'GET' ? LINK.exec(request.url.split('?')[0]!)?.[1] : undefined;
    if (!token || !request.headers.accept?.includes('text/html')) return done();
    void reply.header('cache-control', 'no-store').redirect(`/unsubscribe/${token}`, 303);
  });
}
