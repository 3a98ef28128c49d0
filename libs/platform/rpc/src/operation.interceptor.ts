import { createHash } from 'node:crypto';
import { OptimisticLockError } from '@mikro-orm/core';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NatsContext } from '@nestjs/microservices';
import type { MsgHdrs } from '@nats-io/transport-node';
import { parseMessage, type Operation } from '@parta/platform-contract';
import { Conflict, DomainError, Forbidden, type PlainError } from '@parta/platform-errors';
import { correlation, Tracing, type Logger, type Metrics } from '@parta/platform-observability';
import { isNatsAway } from '@parta/platform-messaging';
import { isTransient, NO_SCHOOL, sql, type Database, type TenantScope } from '@parta/platform-persistence';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { assertAccess, type Actor } from './actor.js';
import { OPERATION, type CallContext, type Handling } from './handles.js';
import type { TokenVerifier } from './tokens.js';
import { Written, type RpcAnswer, type RpcRequest } from './wire.js';

/**
 * Stands around every use case: token, permission, validation, unit of work, idempotency, and errors as plain objects.
 * An error never leaves as an exception: Nest would answer "Internal server error" and log nothing.
 */
@Injectable()
export class OperationInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly tokens: TokenVerifier,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly tracing = Tracing.off,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<RpcAnswer> {
    const handling = this.reflector.get<Handling | undefined>(OPERATION, context.getHandler());
    if (!handling) return next.handle() as Observable<RpcAnswer>;
    const request = context.switchToRpc().getData<RpcRequest>();
    const correlationId = request.correlationId || 'none';
    return from(
      correlation.run({ correlationId, causationId: null }, () =>
        this.tracing.span(
          `${handling.operation.service} ${handling.operation.name}`,
          'server',
          {
            'rpc.system': 'nats',
            'rpc.method': handling.operation.name,
            'parta.correlation_id': correlationId,
          },
          () => this.answer(context, next, handling, request),
          traceparentOf(context),
        ),
      ),
    );
  }

  private async answer(
    context: ExecutionContext,
    next: CallHandler,
    handling: Handling,
    request: RpcRequest,
  ): Promise<RpcAnswer> {
    const { operation } = handling;
    const end = this.metrics.requests.startTimer({ operation: operation.name });
    try {
      const actor = request.token ? await this.tokens.verify(request.token) : null;
      assertAccess(operation.access, actor, operation.name === 'change-password');
      const input = parseMessage(operation.input, request.input ?? {});
      const args = context.getArgs<[unknown, { partaCall?: CallContext }]>();
      args[0] = input;
      args[1].partaCall = { actor, request };
      const value = await this.run(handling, actor, request, () =>
        lastValueFrom(next.handle(), { defaultValue: {} }),
      );
      end({ outcome: 'ok' });
      return { ok: true, value: value ?? {} };
    } catch (error) {
      const plain = this.explain(error, operation);
      end({ outcome: plain.code });
      return { ok: false, error: plain };
    }
  }

  private async run(
    handling: Handling,
    actor: Actor | null,
    request: RpcRequest,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const scope = scopeOf(actor, request.school);
    const { operation } = handling;
    if (handling.unitOfWork === 'own') return work();
    if (operation.kind === 'query') return this.database.read(scope, work);
    const key = request.idempotencyKey;
    if (!key || !actor) return this.database.write(scope, work);
    const hash = createHash('sha256')
      .update(operation.subject)
      .update(canonical(asSent(operation, request.input)))
      .digest('base64url');
    try {
      return await this.database.write(scope, async () => {
        const value = (await work()) ?? {};
        const answer = value instanceof Written ? value : new Written(JSON.stringify(value));
        this.database.send(sql`
          insert into ${this.table} (actor, key, operation, request_hash, answer)
          values (${actor.id}, ${key}, ${operation.subject}, ${hash}, ${answer.json})`);
        return answer;
      });
    } catch (error) {
      // Whether the command had been done before is asked only now: it either fails by what it has itself changed, or
      // finds its key taken at the end and is undone. The usual command, which comes once, need not ask. Where that cannot be
      // asked nothing is known: a conflict with its own change must not reach who sent it.
      const earlier = await this.answered(actor.id, key);
      if (!earlier) throw error;
      if (earlier.hash === hash) return new Written(earlier.answer);
      throw new Conflict(
        'request.idempotency-key-reused',
        'this Idempotency-Key was used for another request',
      );
    }
  }

  private answered(actorId: string, key: string): Promise<{ hash: string; answer: string } | null> {
    return this.database.read(NO_SCHOOL, () =>
      this.database.row(sql`
        select request_hash as hash, answer from ${this.table} where actor = ${actorId} and key = ${key}`),
    );
  }

  private explain(error: unknown, operation: Operation): PlainError {
    if (error instanceof DomainError) {
      this.logger.debug({ operation: operation.name, code: error.code }, error.message);
      return error.toPlain();
    }
    if (error instanceof OptimisticLockError) {
      return new Conflict('record.stale', 'the record has changed since it was read').toPlain();
    }
    this.logger.error({ err: error, operation: operation.name }, 'operation failed');
    if (isTransient(error) || isNatsAway(error)) {
      return {
        kind: 'unavailable',
        code: 'service.unavailable',
        message: 'the service cannot answer just now',
      };
    }
    return { kind: 'unavailable', code: 'service.failure', message: 'the operation failed unexpectedly' };
  }

  private get table() {
    return sql.trusted(`"${this.database.service}".answered_commands`);
  }
}

function traceparentOf(context: ExecutionContext): string | null {
  const headers = context.switchToRpc().getContext<NatsContext>().getHeaders() as MsgHdrs | undefined;
  return headers?.get('traceparent') || null;
}

/** All schools of the actor, or the one the client works in. */
function scopeOf(actor: Actor | null, school: string | null): TenantScope {
  const schools = actor?.schools() ?? [];
  if (!school) return { schools };
  if (!schools.includes(school))
    throw new Forbidden('access.another-school', 'the actor has no role in this school');
  return { schools: [school] };
}

/** A file sent again is stored anew, under another id; its checksum tells whether it is the same request. */
function asSent(operation: Operation, input: unknown): unknown {
  if (!operation.http?.upload || typeof input !== 'object' || input === null) return input;
  return { ...input, uploadId: undefined };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}
