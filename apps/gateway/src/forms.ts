import type { Operation } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A form has a field or two; files have routes of their own. */
const BODY_LIMIT = 16 * 1024;

const MULTIPART = 'multipart/form-data';

/**
 * Reads `multipart/form-data`; which operations take it is checked before (`checkBodies`). URL-encoded bodies are read by Nest's
 * adapter.
 */
export function acceptForms(fastify: FastifyInstance, operations: readonly Operation[]): void {
  if (!operations.some(({ http }) => http?.forms?.includes(MULTIPART))) return;
  fastify.addContentTypeParser(
    MULTIPART,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request: FastifyRequest, body: Buffer) => fieldsOf(request.headers['content-type']!, body),
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
