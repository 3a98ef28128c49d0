import { describe, expect, it } from '@jest/globals';
import { choice } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

describe('what a mail server answers', () => {
  const scene = Scene.forEachTest();

  it.each([
    ['a NUL', '450 4.2.0 busy\u0000 now', '450 4.2.0 busy now'],
    ['signs of the terminal', '450 4.2.0 \u001b[31mbusy\u0007 now', '450 4.2.0 [31mbusy now'],
    ['Russian words', '450 4.2.0 Ящик занят', '450 4.2.0 Ящик занят'],
    ['a thousand letters', `450 4.2.0 ${'long '.repeat(300)}`, '450 4.2.0 long'],
  ])('with %s holds neither its letter nor others', async (_what, answer, kept) => {
    await scene.family.open('email');
    await scene.family.choose(choice('mark', { email: 'immediate' }));
    scene.mail.trouble = { refuseLetter: answer };
    await scene.family.mark();
    await until('the answer is kept', async () => (await scene.deliveries())[0]?.problem?.startsWith(kept));
    expect((await scene.deliveries())[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    scene.mail.trouble = {};
    await scene.family.mark({ value: '4' });
    await scene.texts('email', 1);
    scene.clock.set(new Date(Date.parse(NOON) + 60_000));
    await scene.texts('email', 2);
  });
});
