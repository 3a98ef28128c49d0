import { describe, expect, it } from '@jest/globals';
import { launchArguments } from './launch-arguments.js';

const read = (...args: string[]) => launchArguments(args, 8080, 8082);

describe('how Parta is launched', () => {
  it('is one process without more', () => {
    expect(read()).toEqual({ inProcesses: false, replicas: 1, gatewayPorts: [] });
  });

  it('gives each replica and node a port that no other has', () => {
    const { gatewayPorts, natsNodes } = read('--processes', '--replicas', '4', '--nats-nodes', '3');
    const health = Array.from({ length: 4 * 7 }, (_, i) => 8080 + 11 + i);
    const all = [
      ...[8080, 8081, 8082, 8083, 8084, 8085],
      ...health,
      ...gatewayPorts,
      ...natsNodes!.flatMap((node) => [node.port, node.clusterPort]),
    ];
    // The first node of NATS stands where the only one would.
    expect(all.length - new Set(all).size).toBe(1);
    expect(natsNodes![0]!.port).toBe(8082);
  });

  it.each([
    [['--replicas', '2']],
    [['--processes', '--replicas', '0']],
    [['--processes', '--replicas', 'two']],
    [['--processes', '--nats-nodes', '2']],
    [['--process']],
  ])('refuses %j', (args) => {
    expect(() => read(...args)).toThrow();
  });
});
