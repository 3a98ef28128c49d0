import { Injectable } from '@nestjs/common';
import {
  fieldsFilledByGateway,
  fieldsOf,
  pathParameters,
  takesQuery,
  type Operation,
  type StoredFileRef,
  type UploadedFile,
} from '@parta/platform-contract';
import { DomainError, InvalidInput } from '@parta/platform-errors';
import { Tracing } from '@parta/platform-observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from './bearer.js';
import { Calls } from './calls.js';
import { Downloads } from './downloads.js';
import { RefreshCookie } from './refresh-cookie.js';
import { tokenParameters } from './token-endpoint.js';
import { Uploads } from './uploads.js';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,200}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Turns an HTTP request into a call of its operation, and the answer back. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly calls: Calls,
    private readonly uploads: Uploads,
    private readonly downloads: Downloads,
    private readonly cookie: RefreshCookie,
    private readonly tracing: Tracing,
  ) {}

  dispatch(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { method, path } = operation.http!;
    const { traceparent } = request.headers;
    return this.tracing.span(
      `${method} ${path}`,
      'server',
      { 'http.request.method': method, 'http.route': path, 'parta.correlation_id': request.id },
      () => this.answer(operation, request, reply),
      typeof traceparent === 'string' ? traceparent : null,
    );
  }

  private async answer(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const http = operation.http!;
    const idempotencyKey = this.idempotencyKeyOf(operation, request);
    const school = this.schoolOf(request);
    const input = this.inputOf(operation, request);
    if (http.refreshCookie === 'uses' || http.refreshCookie === 'closes')
      input.refreshToken = this.cookie.read(request);
    if (http.deviceCookie) input.device = this.cookie.readDevice(request);
    const about = {
      token: http.isTokenEndpoint ? null : bearerOf(request),
      correlationId: request.id,
      idempotencyKey,
      school,
      address: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 400) ?? null,
    };
    if (http.download) {
      const file = (await this.calls.call(operation, input, about)) as StoredFileRef;
      void reply.header('cache-control', 'private, no-store');
      return this.downloads.send(http.download, file);
    }
    let output: object;
    if (http.refreshCookie) {
      output = await this.calls.call(operation, input, about);
      this.cookie.apply(http.refreshCookie, output as Record<string, unknown>, reply);
    } else {
      const answer = (file?: UploadedFile): Promise<object> =>
        this.calls.answer(operation, { ...input, ...file }, about);
      output = http.upload ? await this.uploads.handOver(operation, request, answer) : await answer();
      void reply.type('application/json; charset=utf-8');
    }
    void reply.header('cache-control', operation.kind === 'query' ? 'private, no-cache' : 'no-store');
    // RFC 6749, 5.1
    if (http.isTokenEndpoint) void reply.header('pragma', 'no-cache');
    return output;
  }

  private inputOf(operation: Operation, request: FastifyRequest): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    const inPath = pathParameters(operation.http!.path);
    const filled = new Set([...fieldsFilledByGateway(operation), ...inPath]);
    const fromQuery = takesQuery(operation) ? ((request.query ?? {}) as Record<string, unknown>) : {};
    const body = takesQuery(operation) ? undefined : request.body;
    if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
      throw new InvalidInput([{ field: '', code: 'type', message: 'the body has to be a JSON object' }]);
    }
    if (operation.http!.isTokenEndpoint) return tokenParameters(operation, request);
    for (const [name, value] of Object.entries({ ...fromQuery, ...(body as object | undefined) })) {
      if (filled.has(name))
        throw new InvalidInput([
          { field: name, code: 'unknown-field', message: `${name} is not part of the request` },
        ]);
      input[name] = value;
    }
    Object.assign(input, request.params);
    this.coerce(operation, input, takesQuery(operation) ? Object.keys(input) : inPath);
    return input;
  }

  /** Query strings and paths hold text only; numbers, claims and lists are read as their field's type. */
  private coerce(operation: Operation, input: Record<string, unknown>, names: string[]): void {
    for (const field of fieldsOf(operation.input)) {
      if (!names.includes(field.name) || typeof field.schema === 'function') continue;
      const value = input[field.name];
      const { type } = field.schema;
      if (type === 'array')
        input[field.name] = Array.isArray(value) ? value : String(value).split(',').filter(Boolean);
      else if (typeof value !== 'string') continue;
      else if ((type === 'integer' || type === 'number') && value.trim() !== '')
        input[field.name] = Number(value);
      else if (type === 'boolean' && (value === 'true' || value === 'false'))
        input[field.name] = value === 'true';
    }
  }

  private idempotencyKeyOf(operation: Operation, request: FastifyRequest): string | null {
    if (operation.kind === 'query') return null;
    const key = request.headers['idempotency-key'];
    if (key === undefined) {
      if (operation.idempotencyKey !== 'required') return null;
      throw new DomainError(
        'invalid',
        'request.idempotency-key-missing',
        'this command needs an Idempotency-Key header',
      );
    }
    if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
      throw new DomainError(
        'invalid',
        'request.idempotency-key-invalid',
        'an Idempotency-Key is 8 to 200 visible ASCII characters',
      );
    }
    return key;
  }

  private schoolOf(request: FastifyRequest): string | null {
    const school = request.headers['parta-school'];
    if (school === undefined) return null;
    if (typeof school !== 'string' || !UUID.test(school)) {
      throw new InvalidInput([
        { field: 'Parta-School', code: 'format', message: 'Parta-School is the id of a school' },
      ]);
    }
    return school;
  }
}
