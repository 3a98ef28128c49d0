import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { DomainError } from '@parta/platform-errors';
import { WaitingLine } from '@parta/platform-rpc';

/** 32 MiB and two passes take some 35 ms of one core: dear for a guesser, bearable on a Monday morning. */
const COST = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 32_768, timeCost: 2, parallelism: 1 };

/** With one core left for all else, where there are more than two. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);
/** Some three seconds of hashing; the gateway waits five for an answer. */
const WAITING_FOR_EACH = 80;

const RETRY_AFTER_SECONDS = 3;

const busy = (): DomainError =>
  new DomainError('unavailable', 'identity.busy', 'too many people sign in at this moment', {
    details: { retryAfter: RETRY_AFTER_SECONDS },
  });

/** Argon2id. Each takes a core and tens of megabytes, so they wait in a line. Never call it inside a transaction: it would hold a connection for as long as it takes. */
@Injectable()
export class PasswordHasher {
  private readonly queue = new WaitingLine({
    atOnce: AT_ONCE,
    longest: WAITING_FOR_EACH * AT_ONCE,
    refusal: busy,
  });
  private readonly ofNobody = this.hash(crypto.randomUUID());

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(password.normalize('NFKC'), COST));
  }

  /** @param passwordHash null for a login that nobody has: takes as long, and is never right */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const compared = passwordHash ?? (await this.ofNobody);
    const right = await this.queue.run(() => verify(compared, password.normalize('NFKC')));
    return right && passwordHash !== null;
  }
}
