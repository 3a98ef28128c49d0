// `npm run test:compose`: builds the image, starts docker-compose.yml with the trial's receivers, loads the demo through the API
// and lets the story of a mark take place against it, in a browser. Needs Docker with compose; everything is removed in the end.
// `npm run test:compose -- --cluster`: the same with deploy/cluster on top, through its proxy (Docker Compose 2).
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build/build.mjs';
import { lockedBus } from './compose-bus.mjs';

const root = join(import.meta.dirname, '..');
const data = mkdtempSync(join(tmpdir(), 'parta-compose-'));
const cluster = process.argv.includes('--cluster');
const [http, door, database, nats, receivers] = await freePorts(5);
const password = randomBytes(12).toString('hex');
const environment = {
  ...process.env,
  COMPOSE_PROJECT_NAME: 'parta-story',
  // npm tells its scripts which registry it is set up for; the build in the image asks the same.
  NPM_CONFIG_REGISTRY: process.env.NPM_CONFIG_REGISTRY ?? process.env.npm_config_registry ?? '',
  PARTA_POSTGRES_PASSWORD: password,
  PARTA_DEMO: 'true',
  PARTA_FIRST_OPERATOR_LOGIN: 'operator',
  PARTA_FIRST_OPERATOR_PASSWORD: 'parta-demo-2026',
  PARTA_PORT: cluster ? `127.0.0.1:${http}` : String(http),
  PARTA_DOOR_PORT: String(door),
  PARTA_DATABASE_PORT: String(database),
  PARTA_NATS_PORT: String(nats),
  PARTA_RECEIVERS_PAGE_PORT: String(receivers),
  PARTA_INSECURE_COOKIES: 'true',
  PARTA_NOTICE_COOL_DOWN_MINUTES: '0',
};
const addresses = {
  PARTA_URL: `http://127.0.0.1:${cluster ? door : http}`,
  PARTA_ADMIN_DATABASE_URL: `postgres://postgres:${password}@127.0.0.1:${database}/parta`,
  NATS_URL: `nats://127.0.0.1:${nats}`,
  PARTA_RECEIVERS_URL: `http://127.0.0.1:${receivers}`,
  PARTA_DATA_DIR: data,
};
const compose = composeCommand();
const files = ['', 'deploy/trial/', ...(cluster ? ['deploy/cluster/'] : [])].flatMap((folder) => [
  '-f',
  `${folder}docker-compose.yml`,
]);

let code = 1;
try {
  run([...compose, ...files, 'build', 'migrate']);
  run([...compose, ...files, 'up', '-d']);
  await healthy();
  await lockedBus(addresses.NATS_URL, busPasswordOf);
  await build();
  run(['node', 'apps/standalone/dist/demo/main.js'], {
    ...addresses,
    NATS_USER: 'operator',
    NATS_PASSWORD: busPasswordOf('installation'),
  });
  const test = ['--selectProjects', 'e2e', '--testPathPatterns', 'story.e2e-spec'];
  run([join(root, 'node_modules/.bin/jest'), ...test], {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    PARTA_STORY_URL: addresses.PARTA_URL,
    PARTA_STORY_RECEIVERS_URL: addresses.PARTA_RECEIVERS_URL,
    PARTA_STORY_DATA_DIR: data,
  });
  code = 0;
} catch (error) {
  console.error(String(error.message));
  spawnSync(compose[0], [...compose.slice(1), ...files, 'ps'], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
} finally {
  spawnSync(compose[0], [...compose.slice(1), ...files, 'down', '-v', '--timeout', '20'], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  rmSync(data, { recursive: true, force: true });
}
process.exit(code);

/** Compose 2 is a part of docker, compose 1 a program of its own. */
function composeCommand() {
  for (const command of [['docker', 'compose'], ['docker-compose']])
    if (spawnSync(command[0], [...command.slice(1), 'version'], { stdio: 'ignore' }).status === 0)
      return command;
  console.error('This needs Docker with compose; neither "docker compose" nor "docker-compose" answers.');
  process.exit(1);
}

function run([program, ...args], more = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: { ...environment, ...more },
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

/** Every container with a health check says that it is well. Compose 1 cannot wait for that itself. */
async function healthy() {
  const giveUpAt = Date.now() + 300_000;
  for (;;) {
    const ids = output([...compose, ...files, 'ps', '-q'])
      .split('\n')
      .filter(Boolean);
    const states = output([
      'docker',
      'inspect',
      '--format',
      '{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}',
      ...ids,
    ])
      .split('\n')
      .filter((line) => line && !line.includes('migrate'));
    const unwell = states.filter((line) => !/ running healthy$/.test(line));
    if (states.length > 0 && unwell.length === 0) {
      console.log(`${states.length} containers are healthy`);
      return;
    }
    if (Date.now() > giveUpAt) throw new Error(`not healthy:\n${unwell.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** As migrate has left it for that process; the operator's is the installation's. */
function busPasswordOf(name) {
  const file = `/var/lib/parta/${name}/nats-password`;
  return output([
    ...[...compose, ...files, 'run', '--rm', '--no-deps', '-T', '--entrypoint', 'cat', 'migrate', file],
  ]).trim();
}

function output([program, ...args]) {
  return spawnSync(program, args, { cwd: root, env: environment, encoding: 'utf8' }).stdout;
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
