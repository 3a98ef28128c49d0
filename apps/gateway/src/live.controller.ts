import { Controller, Get, Query, Req, Res, SetMetadata, UseGuards } from '@nestjs/common';
import { diaryChangedSubject } from '@parta/contracts-diary';
import { getJournalPage, journalChangedSubject, listMissing } from '@parta/contracts-journal';
import { rolesOf, signedIn } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Bus } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from './access.guard.js';
import { bearerOf } from './bearer.js';
import { Calls } from './calls.js';
import { EndedAccess } from './ended-access.js';
import { OPERATION } from './operation-controllers.js';

const HEARTBEAT_MS = 15_000;
/** A page opens the stream anew after this, with a fresh access token; a right that was lost ends with it. */
const LIFETIME_MS = 9 * 60_000;
const STREAMS_PER_ACCOUNT = 10;
const RETRY_AFTER_SECONDS = 30;

interface OpenStream {
  actor: Actor;
  end: () => void;
}

/**
 * `GET /api/v1/live`: server-sent events of what is new for the one who is signed in. An event says what changed and for
 * which pupil and day, never the content: the page asks for that through the usual routes, with their checks.
 * `?journal=<groupId>` adds the changes of a group's journal, `?journal=school` those of every journal of the school.
 */
@Controller()
export class LiveController {
  private readonly open = new Map<string, Set<OpenStream>>();

  constructor(
    private readonly bus: Bus,
    private readonly calls: Calls,
    private readonly ended: EndedAccess,
  ) {
    ended.onEnd(() => this.endWhere((actor) => this.ended.isOf(actor)));
    void this.endWithConnection();
  }

  @Get('/api/v1/live')
  @SetMetadata(OPERATION, {
    name: 'live',
    access: signedIn('self'),
    http: { method: 'GET', path: '/api/v1/live' },
  })
  @UseGuards(AccessGuard)
  async live(
    @Req() request: FastifyRequest & { user: Actor },
    @Res() reply: FastifyReply,
    @Query('journal') journal?: unknown,
  ): Promise<void> {
    const actor = request.user;
    const subjects = [...diariesOf(actor), ...(await this.journalsOf(request, journal))];
    // Gone meanwhile: there would be no end to clean up after.
    if (reply.raw.destroyed) return;
    const streams = this.open.get(actor.id) ?? new Set();
    if (streams.size >= STREAMS_PER_ACCOUNT) {
      throw new DomainError('too-many', 'request.too-many-streams', 'too many open pages of one account', {
        details: { max: STREAMS_PER_ACCOUNT, retryAfter: RETRY_AFTER_SECONDS },
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
    // A stream that has ended closes only when its reader has taken all; a word after the end would be the gateway's own end.
    const say = (text: string): void => void (raw.writableEnded || raw.write(text));
    const end = (): void => void raw.end();
    const subscriptions = subjects.map((subject) =>
      this.bus.nats.subscribe(subject, {
        callback: (error, message) => {
          if (!error) say(`event: changed\ndata: ${message.string()}\n\n`);
        },
      }),
    );
    // The page reads when it hears this: what changes between its reading and a later subscription it would miss.
    this.bus.nats.flush().then(() => say('event: ready\ndata: {}\n\n'), end);
    const heartbeat = setInterval(() => say(': \n\n'), HEARTBEAT_MS);
    const lifetime = setTimeout(end, LIFETIME_MS);
    const stream: OpenStream = { actor, end };
    streams.add(stream);
    // Ended while the journal was asked: nobody has told this stream.
    if (this.ended.isOf(actor)) end();
    raw.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(lifetime);
      for (const subscription of subscriptions) subscription.unsubscribe();
      streams.delete(stream);
      if (streams.size === 0) this.open.delete(actor.id);
    });
  }

  /**
   * Changes of a group's journal for whom the journal opens it, of every journal of the school for its leadership. A right
   * that is lost later ends with the stream.
   */
  private async journalsOf(
    request: FastifyRequest & { user: Actor },
    journal: unknown,
  ): Promise<readonly string[]> {
    const actor = request.user;
    if (journal === 'school') return subjectsIn(actor.schools(rolesOf(listMissing.access)), '*');
    // Nothing but a group's id may become a part of a subject: NATS has wildcards.
    if (typeof journal !== 'string' || !GROUP.test(journal)) return [];
    const schools = actor.schools(rolesOf(getJournalPage.access));
    if (schools.length === 0 || !(await this.isOpenTo(request, journal))) return [];
    return subjectsIn(schools, journal);
  }

  /** Asks the journal as the page itself would: who teaches a group, today and as a substitute, is known there alone. */
  private async isOpenTo(request: FastifyRequest, groupId: string): Promise<boolean> {
    const today = new Date().toISOString().slice(0, 10);
    try {
      await this.calls.call(
        getJournalPage,
        { groupId, from: today, to: today },
        { token: bearerOf(request), correlationId: request.id },
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return false;
      throw error;
    }
  }

  /** What was told while there was no connection to NATS has been lost: pages open their streams anew, and read. */
  private async endWithConnection(): Promise<void> {
    for await (const { type } of this.bus.nats.status()) if (type === 'reconnect') this.endAll();
  }

  /** Ends every stream; the server waits for open responses when it closes. */
  endAll(): void {
    this.endWhere(() => true);
  }

  private endWhere(isMeant: (actor: Actor) => boolean): void {
    for (const streams of this.open.values())
      for (const { actor, end } of [...streams]) if (isMeant(actor)) end();
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

const subjectsIn = (schools: readonly string[], group: string): string[] =>
  schools.map((schoolId) => journalChangedSubject(schoolId, group));
