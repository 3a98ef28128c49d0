import type { Socket } from 'node:net';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isNatsAway } from '@parta/platform-messaging';
import { DomainError, HTTP_STATUS, problemType, type PlainError } from '@parta/platform-errors';
import type { Logger } from '@parta/platform-observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isForTokenEndpoint, tokenError } from './token-endpoint.js';

const REALM = 'realm="Parta"';

const FASTIFY_CODES: Record<string, [number, string, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'request.body-too-large', 'the body is too large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'request.unsupported-media-type',
    'this content type is not accepted here',
  ],
  FST_ERR_BAD_URL: [400, 'request.malformed', 'the path is not valid percent-encoded UTF-8'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'request.malformed', 'a part of the path is too long'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'request.malformed', 'the body is empty'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'request.malformed', 'the body is not valid JSON'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    'request.malformed',
    'the body does not match its Content-Length',
  ],
};

const GENERAL: Record<number, string> = {
  400: 'request.malformed',
  404: 'request.no-such-route',
  405: 'request.method-not-allowed',
  408: 'request.timeout',
  413: 'request.body-too-large',
  415: 'request.unsupported-media-type',
  429: 'request.rate-limited',
};

/** Every error as RFC 9457 problem+json with its stable code; OAuth's own form at /oauth. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(
      error,
      host.switchToHttp().getRequest<FastifyRequest>(),
      host.switchToHttp().getResponse<FastifyReply>(),
    );
  }

  /** Answers an error that Fastify finds before Nest has the request, too. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, problem } = this.explain(error);
    if (status >= 500)
      this.logger.error(
        { err: error, correlationId: request.id, route: request.routeOptions?.url },
        'request failed',
      );
    const { retryAfter } = problem.details ?? {};
    if (typeof retryAfter === 'number') void reply.header('retry-after', retryAfter);
    void reply.status(status).header('cache-control', 'no-store');
    if (status === 401) void reply.header('www-authenticate', challengeOf(request, problem));
    if (isForTokenEndpoint(request.url)) {
      void reply.header('pragma', 'no-cache').send(tokenError(problem));
      return;
    }
    void reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify({ ...problemOf(status, problem), correlationId: request.id }));
  }

  private explain(error: unknown): { status: number; problem: PlainError } {
    if (error instanceof DomainError) {
      const status =
        error.code === 'request.unsupported-media-type'
          ? 415
          : error.code === 'service.failure'
            ? 500
            : HTTP_STATUS[error.kind];
      return { status, problem: error.toPlain() };
    }
    if (isNatsAway(error))
      return {
        status: 503,
        problem: { kind: 'unavailable', code: 'service.unavailable', message: 'NATS cannot answer just now' },
      };
    const known = FASTIFY_CODES[(error as { code?: string }).code ?? ''];
    if (known) {
      const [status, code, message] = known;
      return { status, problem: { kind: 'invalid', code, message } };
    }
    const status =
      error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    if (status && status < 500) {
      const details = (error as { details?: Record<string, unknown> }).details;
      return {
        status,
        problem: {
          kind: 'invalid',
          code: GENERAL[status] ?? 'request.malformed',
          message: (error as Error).message,
          ...(details && { details }),
        },
      };
    }
    return {
      status: 500,
      problem: { kind: 'unavailable', code: 'service.failure', message: 'the request failed unexpectedly' },
    };
  }
}

/** RFC 9457: the title belongs to the code, the detail to what happened. */
const problemOf = (status: number, { code, message, fields, details }: PlainError): object => ({
  ...problemType(code),
  status,
  code,
  detail: message,
  ...(fields && { fields }),
  ...(details && { details }),
});

/** Which credentials are wanted, and what is wrong with those that came (RFC 6750, 3; RFC 7617, 2.1). */
function challengeOf(request: FastifyRequest, { message }: PlainError): string {
  if (isForTokenEndpoint(request.url)) return `Basic ${REALM}, charset="UTF-8"`;
  if (request.headers.authorization === undefined) return `Bearer ${REALM}`;
  return `Bearer ${REALM}, error="invalid_token", error_description="${message.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')}"`;
}

/** Answers what is no HTTP request, or not in time, and closes its connection: there is nothing of Fastify's yet to answer with. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, code, message] = BROKEN[error.code ?? ''] ?? BROKEN.other!;
  const body = JSON.stringify(problemOf(status, { kind: 'invalid', code, message }));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
}

const BROKEN: Record<string, [number, string, string, string]> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    'request.headers-too-large',
    'the headers are too large',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'request.timeout', 'the request did not come in time'],
  other: [400, 'Bad Request', 'request.malformed', 'this is no HTTP request'],
};
