import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  headers,
  NoRespondersError,
  RequestError,
  TimeoutError,
  type MsgHdrs,
  type NatsConnection,
} from '@nats-io/transport-node';
import type { Operation } from '@parta/platform-contract';
import { DomainError, type PlainError } from '@parta/platform-errors';
import { Tracing } from '@parta/platform-observability';
import { NatsLink } from './nats-link.js';
import { firstAnswer, RepeatBudget, type Failure } from './repeats.js';
import { WaitingLine } from './waiting-line.js';
import { ANSWER, bodyOf, type RpcRequest } from './wire.js';

/** For how long a request waits for a connection that is being made anew, such as to another node. */
const LINK_MS = 2000;

/**
 * Of one service so many requests of one caller are under way. A service does some ten at a time; more of them would only lie there
 * until nobody waits for their answers any more, and be worked on all the same.
 */
const USUAL_LINE = { atOnce: 32, patienceMs: 15_000, longest: 4000 };
/**
 * Who opens a page waits here. When more come than can be served, what they ask for next is still answered at once, and a browser
 * waits longer for a page to begin than for what it shows. As many as keep the processors busy, if they are all of this machine.
 */
const DOOR = { atOnce: availableParallelism() + 1, patienceMs: 25_000, longest: 6000 };
const RETRY_AFTER_SECONDS = 5;

export type CallCircumstances = Partial<Omit<RpcRequest, 'input'>>;

/**
 * Calls operations over NATS request/reply, in the packet format of Nest's transport. It asks through the
 * connection's shared inbox instead of Nest's ClientNats, which subscribes anew for every request and has no timeout. What is
 * safe to repeat is repeated when the replica that took it does not answer.
 */
export class RpcClient {
  private readonly budget = new RepeatBudget();
  private readonly link: NatsLink;
  private readonly lines = new Map<string, WaitingLine>();

  constructor(
    private readonly nats: NatsConnection,
    private readonly tracing = Tracing.off,
  ) {
    this.link = new NatsLink(nats);
  }

  /**
   * @throws DomainError as the service raised it; `service.timeout` or `service.unavailable` when none answered, `service.busy` when
   * too many are waiting
   */
  async call<I extends object, O extends object>(
    operation: Operation<I, O>,
    input: I | object,
    about: CallCircumstances = {},
  ): Promise<O> {
    return JSON.parse((await this.send(operation, input, about)).toString()) as O;
  }

  /**
   * The same for whoever hands the answer on: the JSON as the service wrote it, in UTF-8.
   * @throws DomainError as `call`
   */
  callUnread(operation: Operation, input: object, about: CallCircumstances = {}): Promise<Buffer> {
    return this.send(operation, input, about);
  }

  private async send(operation: Operation, input: object, about: CallCircumstances): Promise<Buffer> {
    const request: RpcRequest = {
      input,
      token: about.token ?? null,
      correlationId: about.correlationId ?? randomUUID(),
      idempotencyKey: about.idempotencyKey ?? null,
      school: about.school ?? null,
      address: about.address ?? null,
      userAgent: about.userAgent ?? null,
    };
    const packet = JSON.stringify({ pattern: operation.subject, id: request.correlationId, data: request });
    return this.tracing.span(
      `${operation.service} ${operation.name}`,
      'client',
      { 'rpc.system': 'nats', 'rpc.service': operation.service, 'rpc.method': operation.name },
      () => this.ask(operation, packet, isRepeatable(operation, request)),
    );
  }

  private traceHeaders(): { headers?: MsgHdrs } {
    const traceparent = this.tracing.traceparent();
    if (!traceparent) return {};
    const h = headers();
    h.set('traceparent', traceparent);
    return { headers: h };
  }

  private ask(operation: Operation, packet: string, isRepeatable: boolean): Promise<Buffer> {
    const ask = (): Promise<Buffer> =>
      firstAnswer({
        send: (timeout) => this.askOnce(operation, packet, timeout),
        judge,
        timeoutMs: operation.timeoutMs,
        isRepeatable,
        budget: this.budget,
      });
    return operation.line === 'own' ? ask() : this.lineOf(operation).run(ask);
  }

  private lineOf({ service, line: which }: Operation): WaitingLine {
    const name = which ? `${service} ${which}` : service;
    let line = this.lines.get(name);
    if (!line) {
      const refusal = (): DomainError =>
        new DomainError('unavailable', 'service.busy', `${service} has more to do than it can`, {
          details: { retryAfter: RETRY_AFTER_SECONDS },
        });
      line = new WaitingLine({ ...(which === 'door' ? DOOR : USUAL_LINE), refusal });
      this.lines.set(name, line);
    }
    return line;
  }

  private async askOnce(operation: Operation, packet: string, timeoutMs: number): Promise<Buffer> {
    const startedAt = performance.now();
    if (!(await this.link.untilUp(Math.min(LINK_MS, timeoutMs)))) throw new NoConnection();
    const timeout = Math.max(1, timeoutMs - (performance.now() - startedAt));
    try {
      const reply = await this.nats.request(operation.subject, packet, { timeout, ...this.traceHeaders() });
      switch (reply.headers?.get(ANSWER)) {
        case 'ok':
          return bodyOf(reply);
        case 'error':
          throw DomainError.fromPlain(reply.json<PlainError>());
        default:
          throw new DomainError(
            'unavailable',
            'service.failure',
            `no answer to ${operation.subject}: ${reply.string()}`,
          );
      }
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if (
        error instanceof TimeoutError ||
        (error instanceof RequestError && error.cause instanceof TimeoutError)
      ) {
        throw new DomainError(
          'unavailable',
          'service.timeout',
          `${operation.service} did not answer in time`,
        );
      }
      if (error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders()))
        throw new NobodyListens(operation.service);
      throw new DomainError('unavailable', 'service.unavailable', String(error));
    }
  }
}

class NobodyListens extends DomainError {
  constructor(service: string) {
    super('unavailable', 'service.unavailable', `${service} is not running`);
  }
}

class NoConnection extends DomainError {
  constructor() {
    super('unavailable', 'service.unavailable', 'NATS cannot be reached');
  }
}

/** A service that answers `service.unavailable` has undone its work, or its database does not say whether it has. */
const judge = (error: unknown): Failure =>
  error instanceof NobodyListens
    ? 'not-taken'
    : error instanceof DomainError && error.code === 'service.unavailable' && !(error instanceof NoConnection)
      ? 'passing'
      : 'final';

/** Reading changes nothing; a command whose key the service keeps with its answer is done once, however often it is sent. */
const isRepeatable = (operation: Operation, { token, idempotencyKey }: RpcRequest): boolean =>
  operation.kind === 'query' ||
  operation.isSameAgain === true ||
  (idempotencyKey !== null && token !== null && operation.idempotencyKey !== 'ignored');
