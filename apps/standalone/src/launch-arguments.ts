import { parseArgs } from 'node:util';

const MOST_REPLICAS = 4;
const NATS_NODES = 3;
/** Beyond PARTA_PORT, past everything that one replica takes. */
const [GATEWAYS_FROM, NATS_NODES_FROM] = [44, 48];

export interface LaunchArguments {
  /** every service as a process of its own */
  inProcesses: boolean;
  replicas: number;
  /** ports of the gateways beside the first */
  gatewayPorts: number[];
  /** ports of the embedded NATS's nodes, when it is to be a cluster */
  natsNodes?: { port: number; clusterPort: number }[];
}

/**
 * Reads `--processes`, `--replicas` and `--nats-nodes`.
 * @throws Error with one sentence for the person who typed them
 */
export function launchArguments(args: string[], port: number, natsPort: number): LaunchArguments {
  const { values } = parseArgs({
    args,
    options: {
      processes: { type: 'boolean', default: false },
      replicas: { type: 'string', default: '1' },
      'nats-nodes': { type: 'string', default: '1' },
    },
  });
  const [replicas, nodes] = [Number(values.replicas), Number(values['nats-nodes'])];
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS)
    throw new Error(`--replicas is a number from 1 to ${MOST_REPLICAS}`);
  if (nodes !== 1 && nodes !== NATS_NODES) throw new Error(`--nats-nodes is 1 or ${NATS_NODES}`);
  if (!values.processes && (replicas > 1 || nodes > 1))
    throw new Error('--replicas and --nats-nodes go with "npm run start:services"');
  return {
    inProcesses: values.processes,
    replicas,
    gatewayPorts: Array.from({ length: replicas - 1 }, (_, i) => port + GATEWAYS_FROM + i + 1),
    ...(nodes > 1 && {
      natsNodes: Array.from({ length: nodes }, (_, i) => ({
        port: i === 0 ? natsPort : port + NATS_NODES_FROM + i - 1,
        clusterPort: port + NATS_NODES_FROM + nodes - 1 + i,
      })),
    }),
  };
}
