import { createLogger } from '@parta/platform-observability';
import { settingsOfProcess, shownSettings } from '@parta/platform-rpc';
import { startGateway } from './gateway.js';
import { gatewayConfig } from './gateway.config.js';

const settings = settingsOfProcess('gateway');
createLogger('gateway').info({ settings: shownSettings(process.env, 'gateway') }, 'settings');
const gateway = await startGateway(gatewayConfig(settings));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void gateway.stop().then(() => process.exit(0));
  });
}
