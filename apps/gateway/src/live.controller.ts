import { Controller, Get, Req, Res, SetMetadata, UseGuards } from '@nestjs/common';
import { diaryChangedSubject } from '@parta/contracts-diary';
import { signedIn } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Bus } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from './access.guard.js';
import { OPERATION } from './operation-controllers.js';

const HEARTBEAT_MS = 15_000;
/** A page opens the stream anew after this, with a fresh access token; a right that was lost ends with it. */
const LIFETIME_MS = 9 * 60_000;
const STREAMS_PER_ACCOUNT = 10;

/**
 * `GET /api/v1/live`: server-sent events of what is new for the one who is signed in. An event says what changed and for
 * which pupil and day, never the content: the page asks for that through the usual routes, with their checks.
 */
@Controller()
export class LiveController {
  private readonly open = new Map<string, Set<() => void>>();

  constructor(private readonly bus: Bus) {}

  @Get('/api/v1/live')
  @SetMetadata(OPERATION, { name: 'live', access: signedIn, http: { method: 'GET', path: '/api/v1/live' } })
  @UseGuards(AccessGuard)
  live(@Req() request: FastifyRequest & { user: Actor }, @Res() reply: FastifyReply): void {
    const actor = request.user;
    const streams = this.open.get(actor.id) ?? new Set();
    if (streams.size >= STREAMS_PER_ACCOUNT) {
      throw new DomainError('too-many', 'request.too-many-streams', 'too many open pages of one account', {
        details: { max: STREAMS_PER_ACCOUNT },
      });
    }
    this.open.set(actor.id, streams);

    // Past Fastify's hooks: compression would hold events back.
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-correlation-id': request.id,
    });
    raw.write('event: ready\ndata: {}\n\n');
    const subscriptions = subjectsOf(actor).map((subject) =>
      this.bus.nats.subscribe(subject, {
        callback: (error, message) => {
          if (!error) raw.write(`event: changed\ndata: ${message.string()}\n\n`);
        },
      }),
    );
    const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS);
    const lifetime = setTimeout(() => raw.end(), LIFETIME_MS);
    const end = (): void => void raw.end();
    streams.add(end);
    raw.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(lifetime);
      for (const subscription of subscriptions) subscription.unsubscribe();
      streams.delete(end);
      if (streams.size === 0) this.open.delete(actor.id);
    });
  }

  /** Ends every stream; the server waits for open responses when it closes. */
  endAll(): void {
    for (const streams of this.open.values()) for (const end of [...streams]) end();
  }
}

/** A family's own children; in each school where the token says so. */
function subjectsOf(actor: Actor): string[] {
  return [
    ...new Set(
      actor
        .grantsOf(['guardian', 'student'])
        .flatMap((grant) =>
          (grant.studentIds ?? []).map((studentId) => diaryChangedSubject(grant.schoolId!, studentId)),
        ),
    ),
  ];
}
