import { Controller, Get, Query, Req, Res, SetMetadata, UseGuards } from '@nestjs/common';
import { diaryChangedSubject } from '@parta/contracts-diary';
import { getJournalPage, journalChangedSubject, listMissing } from '@parta/contracts-journal';
import { rolesOf, signedIn } from '@parta/platform-contract';
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
 * `?journal=<groupId>` adds the changes of a group's journal, `?journal=school` those of every journal of the school.
 */
@Controller()
export class LiveController {
  private readonly open = new Map<string, Set<() => void>>();

  constructor(private readonly bus: Bus) {}

  @Get('/api/v1/live')
  @SetMetadata(OPERATION, {
    name: 'live',
    access: signedIn('self'),
    http: { method: 'GET', path: '/api/v1/live' },
  })
  @UseGuards(AccessGuard)
  live(
    @Req() request: FastifyRequest & { user: Actor },
    @Res() reply: FastifyReply,
    @Query('journal') journal?: unknown,
  ): void {
    const actor = request.user;
    const subjects = [...diariesOf(actor), ...journalsOf(actor, journal)];
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
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-correlation-id': request.id,
    });
    raw.write('event: ready\ndata: {}\n\n');
    const subscriptions = subjects.map((subject) =>
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
function diariesOf(actor: Actor): string[] {
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

const GROUP = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Changes of a group's journal for those who may read journals in the group's school; of every journal for its leadership.
 * That something changed is all they hear: whether this very journal is open to them is decided when they read it.
 */
function journalsOf(actor: Actor, journal: unknown): string[] {
  if (journal === 'school') {
    return actor.schools(rolesOf(listMissing.access)).map((schoolId) => journalChangedSubject(schoolId, '*'));
  }
  // Nothing but a group's id may become a part of a subject: NATS has wildcards.
  if (typeof journal !== 'string' || !GROUP.test(journal)) return [];
  return actor
    .schools(rolesOf(getJournalPage.access))
    .map((schoolId) => journalChangedSubject(schoolId, journal));
}
