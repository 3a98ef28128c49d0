import { pause, type Fault } from '../suite.js';

/** Lines between the services and their servers, and clocks. */
export const brokenLines: Fault[] = [
  ...(['postgresProxy', 'natsProxy'] as const).flatMap((proxy): Fault[] => {
    const what = proxy === 'natsProxy' ? 'NATS' : 'PostgreSQL';
    let mend = (): void => undefined;
    return [
      {
        name: `${what} 150 ms away`,
        breakIt({ platform }) {
          mend = platform[proxy].slow(75);
          return Promise.resolve();
        },
        lasts: 4,
        mendIt: () => Promise.resolve(mend()),
      },
      {
        name: `lines to ${what} cut in the middle of answers`,
        async breakIt({ platform }) {
          for (let time = 0; time < 6; time += 1) {
            platform[proxy].cutInMidAnswer();
            await new Promise((resolve) => setTimeout(resolve, 700));
          }
        },
        lasts: 0,
      },
      {
        name: `lines to ${what} silent for ever`,
        breakIt({ platform }) {
          platform[proxy].lose();
          return Promise.resolve();
        },
        lasts: 8,
      },
    ];
  }),
  {
    name: 'clocks stepped forward and back',
    async breakIt({ platform }) {
      platform.setClock('journal', -3_600_000);
      platform.setClock('diary', 3_600_000);
      platform.setClock('gateway', 1_200_000);
      platform.setClock('identity', -120_000);
      platform.setClock('notifications', 20_000);
      await pause(1);
      // Whoever has a clock set back must find NATS again all the same.
      platform.natsProxy.cut();
    },
    lasts: 5,
    async mendIt({ platform }) {
      for (const name of platform.serviceNames) platform.setClock(name, 0);
      await pause(1);
      platform.natsProxy.cut();
    },
    async check({ platform }) {
      if ((await platform.count('journal.marks', `recorded_at < now() - interval '55 minutes'`)) === 0)
        throw new Error('the clock of the journal was not stepped');
    },
  },
];
