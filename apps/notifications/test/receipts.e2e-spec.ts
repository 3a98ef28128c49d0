import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, type MessageState } from '@parta/contracts-notifications';
import type { ReceiptOf, ShapedReceipt, SmsTrouble } from '@parta/receivers';
import { choice } from './family.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const RECEIPT = 0x04;
const [DELIVERED, UNKNOWN] = [2, 7];

const text = (id: string, state = 'DELIVRD'): string =>
  `id:${id} sub:001 dlvrd:001 submit date:2611201200 done date:2611201201 stat:${state} err:000 text:`;
const ascii = (said: string): Buffer => Buffer.from(said, 'latin1');
const hex = (id: number): string => id.toString(16);

/** A receipt with that text; `more` replaces what is usual. */
const withText =
  (said: (id: number) => string | Buffer, more: Record<string, unknown> = {}) =>
  ({ id, to, from }: ReceiptOf): ShapedReceipt => {
    const body = said(id);
    const short_message = typeof body === 'string' ? ascii(body) : body;
    return {
      fields: {
        source_addr: to,
        destination_addr: from,
        esm_class: RECEIPT,
        data_coding: 0,
        short_message,
        ...more,
      },
    };
  };
const withNumber = (number: (to: string) => string): SmsTrouble => ({
  receiptAs: (of) => withText((id) => text(hex(id)), { source_addr: number(of.to) })(of),
});

describe('receipts', () => {
  const scene = Scene.forEachTest();

  const stateIs = (state: MessageState): Promise<boolean> =>
    until(`it is ${state}`, async () => (await scene.deliveries())[0]?.state === state);
  const contact = async (): Promise<string> =>
    (await scene.call(getNotificationSettings, {})).schools[0]!.sms.state;
  const hears = (): Promise<void> => scene.bySms(choice('mark', { sms: 'immediate' }));
  const digits = (): string => scene.family.phone.slice(1);

  describe('are matched with their message', () => {
    it.each<[string, SmsTrouble]>([
      ['with zeros before the id', { receiptAs: withText((id) => text(hex(id).padStart(10, '0'))) }],
      ['with zeros before the id of the answer', { answerId: (id) => hex(id).padStart(16, '0') }],
      [
        'in decimal with zeros, answered in hexadecimal',
        { receiptAs: withText((id) => text(String(id).padStart(10, '0'))) },
      ],
      [
        'in hexadecimal capitals with zeros, answered in decimal',
        { answerId: String, receiptAs: withText((id) => text(hex(id).toUpperCase().padStart(8, '0'))) },
      ],
      ['with 0x before the id', { receiptAs: withText((id) => text(`0x${hex(id)}`)) }],
      [
        'with signs that GSM 03.38 has elsewhere',
        { answerId: (id) => `a_${id}@[x]`, receiptAs: withText((id) => text(`a_${id}@[x]`)) },
      ],
      [
        'with signs as GSM 03.38 has them',
        {
          answerId: (id) => `a_${id}$`,
          receiptAs: withText((id) => ascii(text(`a\u0011${id}\u0002`)), {}),
        },
      ],
      [
        'in the message_payload parameter',
        {
          receiptAs: (of) =>
            withText(() => '', { message_payload: ascii(text(hex(of.id))), short_message: Buffer.alloc(0) })(
              of,
            ),
        },
      ],
      [
        'by a receipted_message_id without its NUL before other parameters',
        {
          receiptAs: (of) =>
            withText(() => '', { receipted_message_id: ascii(hex(of.id)), message_state: DELIVERED })(of),
        },
      ],
      [
        'by a receipted_message_id with two NULs',
        {
          receiptAs: (of) =>
            withText(() => '', {
              receipted_message_id: ascii(`${hex(of.id)}\0\0`),
              message_state: DELIVERED,
            })(of),
        },
      ],
      [
        'by data_sm',
        {
          receiptAs: ({ id, to, from }) => ({
            command: 'data_sm',
            fields: {
              source_addr: to,
              destination_addr: from,
              esm_class: RECEIPT,
              data_coding: 0,
              message_payload: ascii(text(hex(id))),
            },
          }),
        },
      ],
      [
        'in other spellings, with spaces',
        {
          receiptAs: withText(
            (id) => `Id: ${hex(id)} Sub: 001 Dlvrd: 001 Stat: Delivered Err: 000 Text: stat:UNDELIV`,
          ),
        },
      ],
      ['with signs of equality', { receiptAs: withText((id) => `ID=${hex(id)},STATUS=DELIVERED,ERR=0`) }],
      ['with a trailing NUL', { receiptAs: withText((id) => `${text(hex(id))}\0`) }],
      ['with a NUL behind the id', { receiptAs: withText((id) => text(`${hex(id)}\0`)) }],
      [
        'in UCS-2',
        {
          receiptAs: (of) =>
            withText(() => Buffer.from(text(hex(of.id)), 'utf16le').swap16(), { data_coding: 8 })(of),
        },
      ],
      ['not said to be one', { receiptAs: withText((id) => text(hex(id)), { esm_class: 0 }) }],
      [
        'with sender and recipient as they were',
        {
          receiptAs: (of) =>
            withText((id) => text(hex(id)), { source_addr: of.from, destination_addr: of.to })(of),
        },
      ],
      ['with the number in national form', withNumber((to) => `8${to.slice(1)}`)],
      ['with the number of ten digits', withNumber((to) => to.slice(1))],
      ['with the number after a plus', withNumber((to) => `+${to}`)],
      ['with the number after two zeros', withNumber((to) => `00${to}`)],
    ])('%s', async (_how, trouble) => {
      await hears();
      scene.sms.trouble = trouble;
      await scene.family.mark();
      await stateIs('delivered');
    });
  });

  it.each(['ENROUTE', 'ACCEPTED', 'BUFFERED', 'UNKNOWN', 'SKIPPED', 'WHATEVER', 'Ўзбек'])(
    'that say %s leave the message and the number as they are, until it arrives',
    async (state) => {
      await hears();
      scene.sms.trouble = { receiptState: state };
      for (let i = 1; i <= 5; i++) await scene.family.mark();
      await scene.texts('sms', 5);
      scene.sms.trouble = {};
      scene.sms.receiptAgain(digits());
      await until(
        'one is delivered',
        async () => (await scene.deliveries({ state: 'delivered' })).length === 1,
      );
      expect((await scene.deliveries({ state: 'submitted' })).length).toBe(4);
      expect(await contact()).toBe('open');
    },
  );

  it('that name an unknown state by number leave the message as it is', async () => {
    await hears();
    for (const code of [UNKNOWN, 99]) {
      scene.sms.trouble = {
        receiptAs: (of) =>
          withText(() => '', { receipted_message_id: ascii(`${hex(of.id)}\0`), message_state: code })(of),
      };
      await scene.family.mark();
    }
    await until(
      'both are remarked upon',
      async () => (await scene.deliveries()).filter((row) => row.problem !== null).length === 2,
    );
    expect((await scene.deliveries()).map((row) => row.state)).toEqual(['submitted', 'submitted']);
  });

  it.each([
    ['DELETED', 'DELETED err 001'],
    ['REJECTD', 'REJECTD err 001'],
  ])('that say %s five times close no number: it is the operator’s doing', async (state, problem) => {
    await hears();
    scene.sms.trouble = { receiptState: state };
    for (let i = 1; i <= 5; i++) {
      await scene.family.mark();
      await until(
        'it is undelivered',
        async () => (await scene.deliveries({ state: 'undelivered' })).length === i,
      );
    }
    expect((await scene.deliveries())[0]!.problem).toBe(problem);
    expect(await contact()).toBe('open');
  });

  it.each(['UNDELIV', 'EXPIRED', 'Undeliverable', 'failed'])(
    'that say %s are repaired by a later arrival',
    async (state) => {
      await hears();
      scene.sms.trouble = { receiptState: state };
      await scene.family.mark();
      await stateIs('undelivered');
      scene.sms.receiptAgain(digits(), {});
      await stateIs('delivered');
      scene.sms.receiptAgain(digits(), { receiptState: state });
      await scene.sms.deliver({ source_addr: digits(), esm_class: RECEIPT, short_message: ascii(text('0')) });
      expect((await scene.deliveries())[0]).toMatchObject({ state: 'delivered', problem: null });
    },
  );

  it('of an arrival open a number again that was closed for what did not arrive', async () => {
    await hears();
    scene.sms.trouble = { receiptState: 'UNDELIV', receiptError: '00b' };
    await scene.family.mark();
    await until('the contact has failed', async () => (await contact()) === 'failed');
    scene.sms.receiptAgain(digits(), {});
    await stateIs('delivered');
    expect(await contact()).toBe('open');
    scene.sms.trouble = {};
    await scene.family.mark({ value: '4' });
    await scene.texts('sms', 2);
  });

  describe('what cannot be read or kept', () => {
    it('does not come again, and the line stays', async () => {
      await hears();
      // A deliver_sm whose last parameter, message_state, lacks its value.
      const truncated = Buffer.from(`00000025000000050000000000000063${'00'.repeat(17)}04270001`, 'hex');
      const bind = scene.sms.lastBind;
      scene.sms.trouble = { receiptAs: () => ({ bytes: truncated }) };
      await scene.family.mark();
      await scene.texts('sms', 1);
      expect(
        await scene.sms.deliver({ source_addr: digits(), esm_class: RECEIPT, short_message: ascii('???') }),
      ).toBe(0);
      expect(
        await scene.sms.deliver({
          source_addr: '7\u00010\uffff',
          esm_class: RECEIPT,
          short_message: ascii(text('\u0001\u0002')),
        }),
      ).toBe(0);
      scene.sms.trouble = {};
      await scene.family.mark({ value: '4' });
      await until(
        'it is delivered',
        async () => (await scene.deliveries({ state: 'delivered' })).length === 1,
      );
      expect(scene.sms.lastBind).toBe(bind);
    });

    it('is refused with a generic_nack when it is no request that Parta takes', async () => {
      await hears();
      expect(await scene.sms.ask('query_sm')).toMatchObject({
        command: 'generic_nack',
        command_status: 0x03,
      });
      expect(await scene.sms.ask(0x01ff)).toMatchObject({ command: 'generic_nack', command_status: 0x03 });
    });
  });
});
