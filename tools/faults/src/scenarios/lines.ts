import { pause, type Fault, type Suite } from '../suite.js';

/** Lines between the services and their servers, and clocks. */
export const brokenLines: Fault[] = [
  ...(['postgresProxy', 'natsProxy', 'doorProxy'] as const).flatMap((proxy): Fault[] => {
    const what = { natsProxy: 'NATS', postgresProxy: 'PostgreSQL', doorProxy: 'browsers' }[proxy];
    // What was submitted and could not be written down.
    const uncertain = proxy === 'postgresProxy' ? 20 : 0;
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
        uncertain,
        async breakIt({ platform }) {
          for (let time = 0; time < 6; time += 1) {
            platform[proxy].cutInMidAnswer();
            await new Promise((resolve) => setTimeout(resolve, 700));
          }
        },
        lasts: 0,
      },
      // A browser that nobody answers gives up by itself; nobody else can do anything about it.
      ...(proxy === 'doorProxy'
        ? []
        : [
            {
              name: `lines to ${what} silent for ever`,
              uncertain,
              breakIt({ platform }: Suite) {
                platform[proxy].lose();
                return Promise.resolve();
              },
              lasts: 8,
            },
          ]),
    ];
  }),
  {
    name: 'clocks stepped forward and back',
    async breakIt({ platform }) {
      platform.setClock('journal', -3_600_000);
      platform.setClock('diary', 3_600_000);
      // Within the ten minutes of an access token: whose clock is off by more turns everybody away.
      platform.setClock('gateway', 300_000);
      platform.setClock('contingent', -600_000);
      platform.setClock('curriculum', 240_000);
      platform.setClock('reporting', 1_200_000);
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
