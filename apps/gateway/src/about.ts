import { metadataOf, openApi, scopesOf } from '@parta/platform-contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './gateway.config.js';
import { operations } from './operations.js';

/**
 * What the API says about itself: `/api/openapi.json`, and the OAuth metadata of RFC 8414. Without a public address the
 * issuer is the address that was asked; X-Forwarded-Host and X-Forwarded-Proto count from trusted proxies alone.
 */
export function describeApi(
  fastify: FastifyInstance,
  { publicUrl }: Pick<GatewayConfig, 'publicUrl'>,
  version: string,
): void {
  const url = publicUrl?.replace(/\/+$/, '');
  const description = JSON.stringify(openApi(operations, version, { url }));
  const scopes = scopesOf(operations);
  fastify.get('/api/openapi.json', (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(description),
  );
  fastify.get('/.well-known/oauth-authorization-server', (request, reply) =>
    reply.header('cache-control', 'no-cache').send(metadataOf(url ?? originOf(request), scopes)),
  );
}

/** The origin that was asked, as its browser would write it; the socket's own address when the host is no host. */
function originOf({ protocol, host, socket }: FastifyRequest): string {
  const asked = `${protocol}://${host}`;
  return URL.canParse(asked) && new URL(asked).pathname === '/'
    ? new URL(asked).origin
    : `${protocol}://127.0.0.1:${socket.localPort}`;
}
