import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const SERVICES = ['identity', 'contingent', 'curriculum', 'journal', 'diary', 'notifications', 'reporting'];
const START_MS = 300_000;

/** The first of as many free ports in a row; below those that `freePort` gives, which are the other servers'. */
async function freePorts(count: number): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const all = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (first + count < 65_536 && all.every(Boolean)) return first;
  }
}

describe('Parta in a process for each service, as npm run start:services runs it', () => {
  let parta: RunningParta;
  let healthPort: number;

  const start = (): Promise<number> =>
    parta.start(
      START_MS,
      { PARTA_DEMO_HISTORY_DAYS: '0', PARTA_HEALTH_PORT: String(healthPort) },
      '--processes',
    );
  const readyOf = async (service: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${healthPort + SERVICES.indexOf(service)}/health/ready`)).text();
  const childrenOf = (pid: number): { pid: number; args: string }[] =>
    spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .map((line) => ({ pid: Number.parseInt(line, 10), args: line.trim().replace(/^\d+\s*/, '') }));
  const processOf = (service: string): number =>
    childrenOf(parta.pid).find(({ args }) => args.endsWith(`apps/${service}/dist/main.js`))!.pid;
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    healthPort = await freePorts(SERVICES.length + 1);
    await start();
  }, START_MS + 10_000);

  afterAll(async () => {
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  it('is ready in every service and at the door, and signs a teacher in', async () => {
    for (const service of SERVICES) expect([service, await readyOf(service)]).toEqual([service, 'ready']);
    expect(await (await fetch(`${parta.url}/health/ready`)).json()).toEqual({ status: 'ready' });
    const { login, password } = parta.account('teacher');
    const teacher = await new Client(parta.url).signIn(login, password);
    const { grants } = await teacher.get<{ grants: { role: string }[] }>('/api/v1/me');
    expect(grants.map((grant) => grant.role)).toContain('teacher');
  });

  it('starts a service again that was killed, and says so', async () => {
    const killed = processOf('diary');
    process.kill(killed, 'SIGKILL');
    await eventually(
      async () => {
        expect(processOf('diary')).not.toBe(killed);
        expect(await readyOf('diary')).toBe('ready');
      },
      { timeoutMs: 30_000 },
    );
    expect(parta.output).toContain('diary ended (signal SIGKILL) and is started again');
  }, 40_000);

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves no process behind after %s',
    async (signal) => {
      if (signal === 'SIGKILL') await start();
      const all = childrenOf(parta.pid).map((child) => child.pid);
      expect(all.length).toBeGreaterThan(SERVICES.length + 2);
      const code = await parta.stop(signal);
      if (signal === 'SIGINT') expect(code).toBe(0);
      await eventually(() => Promise.resolve(expect(all.filter(isAlive)).toEqual([])), { timeoutMs: 30_000 });
      expect(parta.leftovers()).toEqual([]);
    },
    90_000,
  );
});
