import { startGateway } from './gateway.js';
import { gatewayConfig } from './gateway.config.js';

const gateway = await startGateway(gatewayConfig(process.env));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void gateway.stop().then(() => process.exit(0));
  });
}
