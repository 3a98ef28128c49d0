import { startGateway, type RunningGateway } from '@parta/gateway';
import { freePort } from '@parta/platform-embedded';
import type { TestKeys } from '@parta/platform-testing';

/** The real gateway in front of the services on a NATS server, with room for a test's many requests. */
export async function gatewayOn(
  natsUrl: string,
  keys: TestKeys,
  options: Partial<Parameters<typeof startGateway>[0]> = {},
): Promise<RunningGateway> {
  return startGateway({
    port: await freePort(),
    host: '127.0.0.1',
    natsUrl,
    tokenKeys: keys.keySet,
    secureCookies: false,
    requestsPerMinute: 1000,
    requestsPerMinutePerAddress: 1000,
    signInsPerMinutePerAddress: 100,
    ...options,
  });
}
