import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from '@parta/platform-contract';
import type { FactAbout, Outbox } from '@parta/platform-messaging';
import { Account } from '../accounts/domain/account.entity.js';
import { RoleGrant } from '../grants/domain/role-grant.entity.js';
import { PublishedEvents } from './published-events.js';

const golden = (type: string): Record<string, string> =>
  JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../../../libs/contracts/identity/fixtures', `${type}.json`),
      'utf8',
    ),
  ) as Record<string, string>;

/** What the mapping hands to the outbox. */
function published(say: (events: PublishedEvents) => void): { type: string; about: FactAbout; data: object } {
  const heard: { type: string; about: FactAbout; data: object }[] = [];
  const outbox = {
    record: (fact: Fact, about: FactAbout, data: object) => heard.push({ type: fact.type, about, data }),
  };
  say(new PublishedEvents(outbox as unknown as Outbox));
  expect(heard).toHaveLength(1);
  return heard[0]!;
}

describe('identity publishes exactly', () => {
  const schoolId = crypto.randomUUID();
  const at = new Date();

  it('identity.account.opened.v1', () => {
    const wanted = golden('identity.account.opened.v1');
    const account = Account.open({ login: 'x', passwordHash: '', mustChangePassword: true }, at);
    account.id = wanted.accountId!;
    const person = { schoolId, personId: wanted.personId!, kind: wanted.personKind! };
    expect(published((events) => events.accountOpened(account, person, null, at))).toEqual({
      type: 'identity.account.opened.v1',
      about: { schoolId, aggregateId: wanted.accountId, aggregateVersion: 1, actor: null, occurredAt: at },
      data: wanted,
    });
  });

  it('identity.grant.recorded.v1', () => {
    const wanted = golden('identity.grant.recorded.v1');
    const grant = RoleGrant.record(
      {
        schoolId,
        personId: wanted.personId!,
        role: 'deputy-head',
        orderNumber: null,
        orderDate: null,
        grantedBy: crypto.randomUUID(),
      },
      at,
    );
    grant.id = wanted.grantId!;
    expect(published((events) => events.roleRecorded(grant, null, at)).data).toEqual(wanted);
    grant.revoke(crypto.randomUUID(), at);
    const revoked = published((events) => events.roleRecorded(grant, null, at));
    expect([revoked.data, revoked.about.aggregateVersion]).toEqual([{ ...wanted, isActive: false }, 2]);
  });
});
