import { startGateway, type RunningGateway } from '@parta/gateway';
import { JournalHistory } from '@parta/journal/history';
import { startService, type RunningService } from '@parta/platform-rpc';
import { factsOnTheirWay } from './backlog.js';
import { analyze, openInstallation, type Installation, type InstallationOptions } from './installation.js';
import type { RunningParta } from './running-parta.js';
import { services, type ServiceSettings } from './services.js';

export interface StandaloneOptions extends InstallationOptions {
  port: number;
  webRoot?: string;
  timeZone: string;
  firstOperator: ServiceSettings['firstOperator'];
  notifications?: ServiceSettings['notifications'];
}

/** Starts PostgreSQL, NATS, every service and the gateway in this process; stops what has started when one fails. */
export async function startStandalone(options: StandaloneOptions): Promise<RunningParta> {
  const { step } = options;
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
    for (const definition of services({ ...options, secrets })) {
      step(definition.name);
      const service = await startService(definition, {
        databaseUrl: urls[definition.name]!.runtime,
        natsUrl: natsUrlOf(definition.name),
        tokenKeys: secrets.tokenKeys,
      });
      running.set(definition.name, service);
    }

    step('gateway');
    gateway = await startGateway(
      {
        port: options.port,
        host: '0.0.0.0',
        natsUrl: natsUrlOf('gateway'),
        tokenKeys: secrets.tokenKeys,
        webRoot: options.webRoot,
        secureCookies: false,
      },
      [...running.values()],
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
