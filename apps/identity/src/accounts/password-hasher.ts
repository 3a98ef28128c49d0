import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';

/** 32 MiB and two passes take some 35 ms of one core: dear for a guesser, bearable on a Monday morning. */
const COST = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 32_768, timeCost: 2, parallelism: 1 };

/** Argon2id. Never call it inside a transaction: it would hold a connection for as long as it takes. */
@Injectable()
export class PasswordHasher {
  private readonly ofNobody = this.hash(crypto.randomUUID());

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), COST);
  }

  /** @param passwordHash null for a login that nobody has: takes as long, and is never right */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const right = await verify(passwordHash ?? (await this.ofNobody), password.normalize('NFKC'));
    return right && passwordHash !== null;
  }
}
