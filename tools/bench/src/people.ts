import { randomUUID } from 'node:crypto';
import { Actor, TokenSigner } from '@parta/platform-rpc';
import { idOf, type BenchClass } from './district.js';

export const teacherOf = (one: BenchClass): Actor =>
  new Actor(
    'account',
    idOf(one.teacherId, 'account'),
    'Иванова Мария',
    randomUUID(),
    [{ role: 'teacher', schoolId: one.schoolId, personId: one.teacherId }],
    [],
  );

export const guardianActorOf = (schoolId: string, studentId: string): Actor =>
  new Actor(
    'account',
    idOf(studentId, 'guardian-account'),
    'Мама',
    randomUUID(),
    [{ role: 'guardian', schoolId, personId: idOf(studentId, 'guardian'), studentIds: [studentId] }],
    [],
  );

/** Access tokens as identity would give them, one for each actor. */
export class Tokens {
  private readonly known = new Map<string, string>();

  private constructor(private readonly signer: TokenSigner) {}

  static async of(signingKey: Parameters<typeof TokenSigner.fromJwk>[0]): Promise<Tokens> {
    return new Tokens(await TokenSigner.fromJwk(signingKey));
  }

  async of(actor: Actor): Promise<string> {
    const known = this.known.get(actor.id);
    if (known) return known;
    const token = await this.signer.sign(actor, 2 * 3600, new Date());
    this.known.set(actor.id, token);
    return token;
  }
}
