import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isNatsAway } from '@parta/platform-messaging';
import { DomainError, type ErrorKind, type PlainError } from '@parta/platform-errors';
import type { Logger } from '@parta/platform-observability';
import type { FastifyReply, FastifyRequest } from 'fastify';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
};

const FASTIFY_CODES: Record<string, [number, string, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'request.body-too-large', 'the body is too large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'request.unsupported-media-type',
    'this content type is not accepted here',
  ],
  FST_ERR_BAD_URL: [400, 'request.malformed', 'the path is not valid percent-encoded UTF-8'],
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
  405: 'request.no-such-route',
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
    if (request.url.startsWith('/oauth/')) {
      void reply
        .status(status)
        .header('cache-control', 'no-store')
        .send({ error: oauthCode(problem), error_description: describe(problem), code: problem.code });
      return;
    }
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(
        JSON.stringify({
          type: `urn:parta:error:${problem.code}`,
          title: problem.message,
          status,
          code: problem.code,
          ...(problem.fields && { fields: problem.fields }),
          ...(problem.details && { details: problem.details }),
          correlationId: request.id,
        }),
      );
  }

  private explain(error: unknown): { status: number; problem: PlainError } {
    if (error instanceof DomainError) {
      const status =
        error.code === 'request.unsupported-media-type'
          ? 415
          : error.code === 'service.failure'
            ? 500
            : STATUS[error.kind];
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

/** RFC 6749, 5.2 has no list of fields: the description names them, in the signs that the RFC allows. */
function describe({ message, fields }: PlainError): string {
  const text = fields ? fields.map((one) => `${one.field}: ${one.message}`).join('; ') : message;
  return text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 500);
}

function oauthCode(problem: PlainError): string {
  if (problem.code === 'identity.wrong-client-credentials') return 'invalid_client';
  if (problem.code === 'identity.scope-not-allowed') return 'invalid_scope';
  if (problem.fields?.some((field) => field.field === 'grant_type')) return 'unsupported_grant_type';
  return problem.kind === 'unavailable' ? 'temporarily_unavailable' : 'invalid_request';
}
