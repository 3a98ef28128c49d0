import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { IdentityUnderTest, OPERATOR } from '../../test/identity-under-test.js';
import { Housekeeping } from './housekeeping.js';

let identity: IdentityUnderTest;
beforeAll(async () => {
  identity = await IdentityUnderTest.start({ sessionDays: 1 });
}, 60_000);
afterAll(() => identity?.stop());

const count = async (table: string) => (await identity.rows(`select 1 from ${table}`)).length;

it('failures are removed after a day, sessions a month after their end', async () => {
  const tidy = () => identity.bench.service.get(Housekeeping).tidy();
  await identity.signIn(OPERATOR.login, OPERATOR.password);
  await identity.signIn('nobody', 'wrong password').catch(() => undefined);
  await tidy();
  expect([await count('sessions'), await count('sign_in_attempts')]).toEqual([1, 1]);
  identity.clock.advance({ hours: 25 });
  await tidy();
  expect([await count('sessions'), await count('sign_in_attempts')]).toEqual([1, 0]);
  identity.clock.advance({ days: 30 });
  await tidy();
  expect(await count('sessions')).toBe(0);
});

it('is done while the service runs', () => {
  expect(identity.bench.service.get(SchedulerRegistry).getIntervals()).toHaveLength(1);
});
