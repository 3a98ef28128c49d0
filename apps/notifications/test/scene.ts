import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import {
  listDeliveries,
  type Channel,
  type DeliveryRow,
  type KindChoice,
} from '@parta/contracts-notifications';
import type { Operation } from '@parta/platform-contract';
import type { ServiceBench, TestClock } from '@parta/platform-testing';
import type { Inbox, MailSink, SmsCentre } from '@parta/receivers';
import { Family } from './family.js';
import { NOON, NotificationsUnderTest, type UnderTestConfig } from './notifications-under-test.js';
import { until } from './until.js';

/** The service of a spec file, and a family of its own for each test; nothing is in trouble when a test begins. */
export class Scene {
  private started!: NotificationsUnderTest;
  family!: Family;

  /** @param config what is to be otherwise than usual in tests */
  static forEachTest(config: UnderTestConfig = {}): Scene {
    const scene = new Scene();
    beforeAll(async () => {
      scene.started = await NotificationsUnderTest.start(config);
    }, 60_000);
    afterAll(() => scene.started?.stop());
    beforeEach(async () => {
      scene.clock.set(NOON);
      scene.family = await Family.join(scene.bench, scene.inbox);
    });
    afterEach(() => {
      scene.mail.trouble = {};
      scene.sms.trouble = {};
    });
    return scene;
  }

  get clock(): TestClock {
    return this.started.clock;
  }
  get inbox(): Inbox {
    return this.started.inbox;
  }
  get mail(): MailSink {
    return this.started.mail;
  }
  get sms(): SmsCentre {
    return this.started.sms;
  }
  get bench(): ServiceBench {
    return this.started.bench;
  }

  /** The school's administrator. */
  leader(): Promise<string> {
    return this.bench.keys.tokenOf([
      { role: 'administrator', schoolId: this.family.schoolId, personId: randomUUID() },
    ]);
  }

  /** The school's log as its administrator sees it, codes left aside. */
  async deliveries(filter: object = {}): Promise<DeliveryRow[]> {
    const { deliveries } = await this.call(listDeliveries, filter, await this.leader());
    return deliveries.filter((one) => one.kind !== 'code');
  }

  /** Waits until the mother has so many messages. */
  texts(channel: Channel, count: number): Promise<boolean> {
    return until(`${count} by ${channel}`, () => this.family.notices(channel).length === count);
  }

  async bySms(...choices: KindChoice[]): Promise<void> {
    await this.family.open('sms');
    await this.family.choose(...choices);
  }

  /** Calls as the mother, unless somebody else's token is given. */
  call<I extends object, O extends object>(
    operation: Operation<I, O>,
    input: I,
    token = this.family.token,
  ): Promise<O> {
    return this.bench.rpc.call(operation, input, { token });
  }
}
