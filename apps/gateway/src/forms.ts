import type { Operation } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A form has a field or two; files have routes of their own. */
const BODY_LIMIT = 16 * 1024;

/**
 * Reads `multipart/form-data`, on the routes of operations that accept forms and nowhere else. URL-encoded bodies are read
 * by Nest's adapter.
 */
export function acceptForms(fastify: FastifyInstance, operations: readonly Operation[]): void {
  const routes = new Set(
    operations
      .filter((operation) => operation.http?.acceptsForm)
      .map(({ http }) => `${http!.method} ${http!.path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  fastify.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (request: FastifyRequest, body: Buffer) => {
      if (!routes.has(`${request.method} ${request.routeOptions.url}`))
        throw new DomainError(
          'invalid',
          'request.unsupported-media-type',
          'this content type is not accepted here',
        );
      return fieldsOf(request.headers['content-type']!, body);
    },
  );
}

/** The fields of a form, read by the platform's own `fetch`, which knows the format. */
async function fieldsOf(contentType: string, body: Buffer): Promise<Record<string, string>> {
  const malformed = (message: string): DomainError =>
    new DomainError('invalid', 'request.malformed', message);
  const headers = { 'content-type': contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => {
    throw malformed('the body is not a valid form');
  });
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw malformed('files are not accepted here');
    fields[name] = value;
  }
  return fields;
}
