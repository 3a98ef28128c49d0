import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, listConsents } from '@parta/contracts-notifications';
import { choice } from './family.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('an SMS from a family’s number', () => {
  const scene = Scene.forEachTest();

  const hears = (): Promise<void> => scene.bySms(choice('mark', { sms: 'immediate' }));
  const contact = async (token = scene.family.token): Promise<string> =>
    (await scene.call(getNotificationSettings, {}, token)).schools[0]!.sms.state;
  const says = async (message: Buffer, coding: number, from = scene.family.phone.slice(1)): Promise<void> => {
    const fields = { source_addr: from, destination_addr: 'Parta', data_coding: coding };
    expect(await scene.sms.deliver({ ...fields, short_message: message })).toBe(0);
  };

  it.each<[string, Buffer, number]>([
    ['СТОП', ucs2('СТОП'), 8],
    [' «стоп!» ', ucs2(' «стоп!» '), 8],
    ['Отписаться', ucs2('Отписаться'), 8],
    ['STOP', Buffer.from('STOP'), 0],
    ['Stop.', Buffer.from('Stop.'), 3],
  ])('that says %s ends the consent for the number, and that is recorded', async (_text, message, coding) => {
    await hears();
    await says(message, coding);
    await until('the contact is closed', async () => (await contact()) === 'closed');
    await scene.family.mark();
    const { consents } = await scene.call(listConsents, {}, await scene.leader());
    expect(consents[0]).toMatchObject({ event: 'taken-back', how: 'sms-reply', address: scene.family.phone });
  });

  it('ends it for everybody who has that number, in whatever form it comes', async () => {
    const father = await scene.family.father();
    await hears();
    await father.open('sms');
    await says(ucs2('Стоп'), 8, `8${scene.family.phone.slice(2)}`);
    await until(
      'both are closed',
      async () => (await contact()) === 'closed' && (await contact(father.token)) === 'closed',
    );
  });

  it.each(['Нет', 'Стоп, а когда контрольная?', 'Спасибо', ''])(
    'that says «%s» ends nothing',
    async (text) => {
      await hears();
      await says(ucs2(text), 8);
      await scene.family.mark();
      await scene.texts('sms', 1);
      expect(await contact()).toBe('open');
    },
  );
});
