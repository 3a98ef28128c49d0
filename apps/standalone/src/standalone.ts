import { startGateway } from '@parta/gateway';
import { JournalHistory } from '@parta/journal/history';
import { startService, type RunningService } from '@parta/platform-rpc';
import { factsOnTheirWay } from './backlog.js';
import { analyze, openInstallation, type InstallationOptions } from './installation.js';
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
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const installation = await openInstallation(options);
    stops.push(() => installation.stop());
    const { secrets, natsUrl, urls } = installation;
    const running = new Map<string, RunningService>();
    for (const definition of services({ ...options, secrets })) {
      step(definition.name);
      const service = await startService(definition, {
        databaseUrl: urls[definition.name]!.runtime,
        natsUrl,
        tokenKeys: secrets.tokenKeys,
      });
      stops.push(() => service.stop());
      running.set(definition.name, service);
    }

    step('gateway');
    const gateway = await startGateway(
      {
        port: options.port,
        host: '0.0.0.0',
        natsUrl,
        tokenKeys: secrets.tokenKeys,
        webRoot: options.webRoot,
        secureCookies: false,
        requestsPerMinute: 1200,
        requestsPerMinutePerAddress: 12_000,
        signInsPerMinutePerAddress: 300,
        trustedProxies: 0,
      },
      [...running.values()],
    );
    stops.push(() => gateway.stop());
    return {
      url: gateway.url,
      withJournalHistory: (work) => work(running.get('journal')!.get(JournalHistory)),
      analyze: () => analyze(installation.adminUrl),
      factsOnTheirWay: () => factsOnTheirWay(installation.adminUrl, natsUrl),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
