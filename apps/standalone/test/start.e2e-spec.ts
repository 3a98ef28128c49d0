import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort, freePortBlock, startEmbeddedPostgres } from '@parta/platform-embedded';
import { eventually } from '@parta/platform-testing';
import { RunningParta } from './running-parta.js';

const root = join(import.meta.dirname, '../../..');
const START_MS = 120_000;
const CHIEF = { login: 'chief', password: 'слова одного региона' };
const WITHOUT_DEMO = {
  PARTA_DEMO: 'false',
  PARTA_FIRST_OPERATOR_LOGIN: CHIEF.login,
  PARTA_FIRST_OPERATOR_PASSWORD: CHIEF.password,
};

let parta: RunningParta;
beforeEach(async () => {
  parta = await RunningParta.prepare();
});
afterEach(async () => {
  await parta.stop();
  parta.remove();
}, 60_000);

const signIn = (url: string, body: object): Promise<Response> =>
  fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const isReachable = (host: string, port: string): Promise<boolean> =>
  fetch(`http://${host}:${port}/health/live`).then(
    ({ status }) => status === 200,
    () => false,
  );

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const hasIpv6 = addresses.some(({ address }) => address === '::1');

describe('npm start honours its settings', () => {
  it.each([
    ['in one process', []],
    ['in a process for each service', ['--processes']],
  ])(
    '%s',
    async (_, args) => {
      const env = {
        ...WITHOUT_DEMO,
        PARTA_INSECURE_COOKIES: 'false',
        PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS: '3',
        PARTA_ACCESS_TOKEN_SECONDS: '120',
        PARTA_HEALTH_PORT: String(await freePortBlock(9100, 8)),
        PARTA_HOTS: 'x',
      };
      await parta.start(START_MS, env, ...args);
      const { port } = new URL(parta.url);

      const answer = await signIn(parta.url, CHIEF);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
        200,
        expect.stringContaining('Secure'),
      ]);
      expect(await answer.json()).toMatchObject({ expiresIn: 120 });
      expect((await signIn(parta.url, { login: 'operator', password: 'parta-demo-2026' })).status).toBe(401);
      await signIn(parta.url, { login: 'x', password: 'x' });
      expect((await signIn(parta.url, CHIEF)).status).toBe(429);

      expect(await isReachable('[::1]', port)).toBe(hasIpv6);
      for (const { address } of addresses.filter((one) => !one.internal && one.family === 'IPv4'))
        expect([address, await isReachable(address, port)]).toEqual([address, false]);

      expect(parta.output).toContain('PARTA_FIRST_OPERATOR_PASSWORD=***');
      expect(parta.output).toContain('PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS=3');
      expect(parta.output).toContain('PARTA_HOTS is no setting of Parta');
      expect(parta.output).not.toContain(CHIEF.password);
      expect(parta.output).not.toContain('demo');
      expect(await parta.stop()).toBe(0);
      expect(parta.leftovers()).toEqual([]);
    },
    150_000,
  );
});

it('npm start takes a PostgreSQL of one’s own, whatever signs its password has', async () => {
  const password = 'p/a#s?s@w%o%41:rd';
  const folder = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-postgres-`));
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    port: await freePort(),
    password,
  });
  try {
    await parta.start(START_MS, {
      ...WITHOUT_DEMO,
      PARTA_ADMIN_DATABASE_URL: `postgres://postgres@127.0.0.1:${postgres.port}/postgres`,
      PARTA_ADMIN_DATABASE_PASSWORD: password,
    });
    expect((await signIn(parta.url, CHIEF)).status).toBe(200);
    expect(existsSync(join(parta.dataDir, 'postgres'))).toBe(false);
    await parta.stop();
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 150_000);

describe('npm start ends with a sentence', () => {
  it.each([
    [
      'when a value cannot be used',
      { PARTA_INSECURE_COOKIES: 'no' },
      'PARTA_INSECURE_COOKIES has to be true or false',
    ],
    [
      'when the first operator of a start without the demo is missing',
      { PARTA_DEMO: 'false' },
      'PARTA_FIRST_OPERATOR_PASSWORD',
    ],
    [
      'when the data folder cannot be written',
      { PARTA_DATA_DIR: '/etc/hostname/parta' },
      'set PARTA_DATA_DIR to another one',
    ],
  ])('%s', async (_, env, sentence) => {
    await expect(parta.start(20_000, env)).rejects.toThrow(sentence);
    expect(parta.output).not.toMatch(/^\s+at /m);
    expect(parta.output).not.toContain('PostgreSQL\n');
  });

  it.each(['PARTA_PORT', 'PARTA_DATABASE_PORT', 'PARTA_NATS_PORT'])(
    'at once when %s is taken',
    async (name) => {
      const server = await new Promise<Server>((resolve) => {
        const one = createServer().listen(0, '127.0.0.1', () => resolve(one));
      });
      const { port } = server.address() as { port: number };
      try {
        await expect(parta.start(20_000, { ...WITHOUT_DEMO, [name]: String(port) })).rejects.toThrow(
          `Port ${port} on 127.0.0.1, wanted by`,
        );
        expect(parta.output).toContain(name);
        expect(parta.output).not.toMatch(/· (PostgreSQL|NATS)$/m);
      } finally {
        server.close();
      }
    },
  );

  it('on an older Node, before anything is loaded that it does not know', () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', old, 'tools/start.mjs'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Parta runs on Node 24.*20\.1\.0/)]);
    const imports = readFileSync(join(root, 'tools/start.mjs'), 'utf8').match(/^import .*$/gm);
    expect(imports).toEqual([`import { fileURLToPath } from 'node:url';`]);
  });
});

describe('Parta stops', () => {
  const npm = (...args: string[]): ChildProcess =>
    spawn('npm', args, {
      cwd: root,
      env: { ...process.env, ...parta.environment({ ...WITHOUT_DEMO, NODE_OPTIONS: '' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  const untilReady = (child: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes('Parta is ready')) resolve();
      };
      child.stdout!.on('data', read);
      child.stderr!.on('data', read);
      child.once('exit', () => reject(new Error(output)));
    });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'with its servers when npm alone gets %s',
    async (signal) => {
      const child = npm('start');
      await untilReady(child);
      expect(parta.leftovers().length).toBeGreaterThanOrEqual(2);
      child.removeAllListeners('exit');
      process.kill(child.pid!, signal);
      await eventually(() => Promise.resolve(expect(parta.leftovers()).toEqual([])), { timeoutMs: 30_000 });
      expect(existsSync(join(parta.dataDir, 'postgres/postmaster.pid'))).toBe(false);
    },
    150_000,
  );

  it('before it is reset, and only if that is said', async () => {
    await parta.start(START_MS, WITHOUT_DEMO);
    const reset = (...args: string[]) =>
      spawnSync(process.execPath, ['tools/reset.mjs', ...args], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, PARTA_DATA_DIR: parta.dataDir },
      });
    const refused = reset();
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(`process ${parta.pid}`)]);
    expect((await signIn(parta.url, CHIEF)).status).toBe(200);
    const done = reset('--yes');
    expect([done.status, done.stdout]).toEqual([0, `Cleared ${parta.dataDir}.\n`]);
    expect(parta.leftovers()).toEqual([]);
    expect(existsSync(join(parta.dataDir, 'secrets.json'))).toBe(false);
  }, 150_000);
});
