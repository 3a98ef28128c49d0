import { gatewaySettings, startGateway, type RunningGateway } from '@parta/gateway';
import { demoPasswordOf, livesOf } from '@parta/identity';
import { JournalHistory } from '@parta/journal/history';
import { startService, type RunningService, type Settings } from '@parta/platform-rpc';
import { factsOnTheirWay } from './backlog.js';
import { analyze, openInstallation, type Installation, type InstallationOptions } from './installation.js';
import type { RunningParta } from './running-parta.js';
import { services, type ServiceSettings } from './services.js';

/** What is said of every way to run all of Parta on one machine. */
export interface RunOptions extends InstallationOptions {
  port: number;
  webRoot?: string;
  timeZone: string;
  firstOperator: ServiceSettings['firstOperator'];
}

export interface StandaloneOptions extends RunOptions {
  /** of /health and /metrics of everything, on this machine only */
  healthPort: number;
  settings: Settings;
  notifications?: ServiceSettings['notifications'];
}

/** Starts PostgreSQL, NATS, every service and the gateway in this process; stops what has started when one fails. */
export async function startStandalone(options: StandaloneOptions): Promise<RunningParta> {
  const { step, settings } = options;
  let installation: Installation | undefined;
  let gateway: RunningGateway | undefined;
  const running = new Map<string, RunningService>();
  // The door first, the servers last; services wait for nobody.
  const stop = async (): Promise<void> => {
    await gateway?.stop();
    await Promise.all([...running.values()].map((service) => service.stop()));
    await installation?.stop();
  };
  try {
    installation = await openInstallation(options);
    const { secrets, natsUrl, natsUrlOf, urls, adminUrl } = installation;
    const identity = { ...livesOf(settings), demoPassword: demoPasswordOf(settings) };
    const rosters = {
      maxEndedShare: settings.PARTA_ROSTER_MAX_ENDED_SHARE,
      maxRostersWaiting: settings.PARTA_ROSTERS_WAITING,
    };
    for (const definition of services({ ...options, secrets, identity, rosters })) {
      step(definition.name);
      const service = await startService(definition, {
        databaseUrl: urls[definition.name]!.runtime,
        natsUrl: natsUrlOf(definition.name),
        tokenKeys: secrets.tokenKeys,
        poolSize: settings.PARTA_POOL_SIZE,
      });
      running.set(definition.name, service);
    }

    step('gateway');
    gateway = await startGateway(
      {
        ...gatewaySettings(settings),
        port: options.port,
        healthPort: options.healthPort,
        healthHost: '127.0.0.1',
        webRoot: options.webRoot,
        natsUrl: natsUrlOf('gateway'),
        tokenKeys: secrets.tokenKeys,
      },
      [...running.values(), ...(installation.busWatch ? [installation.busWatch] : [])],
    );
    return {
      url: gateway.url,
      withJournalHistory: (work) => work(running.get('journal')!.get(JournalHistory)),
      analyze: () => analyze(adminUrl),
      factsOnTheirWay: () => factsOnTheirWay(adminUrl, natsUrl),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
