import { join, resolve } from 'node:path';
import { DEMO_OPERATOR, loadDemoDistrict } from './demo/demo-district.js';
import { startProcesses } from './processes.js';
import { startStandalone } from './standalone.js';

const number = (name: string, otherwise: number): number =>
  process.env[name] ? Number(process.env[name]) : otherwise;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const step = (line: string): void => say(`  · ${line}`);

const dataDir = resolve(process.env.PARTA_DATA_DIR ?? '.parta');
const port = number('PARTA_PORT', 8080);

const STOP_TIMEOUT_MS = 20_000;

const startedAt = Date.now();
const options = {
  dataDir,
  port,
  databasePort: number('PARTA_DATABASE_PORT', port + 1),
  natsPort: number('PARTA_NATS_PORT', port + 2),
  adminDatabaseUrl: process.env.PARTA_ADMIN_DATABASE_URL || undefined,
  natsUrl: process.env.NATS_URL || undefined,
  webRoot: process.env.PARTA_WEB_ROOT && resolve(process.env.PARTA_WEB_ROOT),
  timeZone: process.env.PARTA_TIME_ZONE ?? 'Asia/Yekaterinburg',
  firstOperator: DEMO_OPERATOR,
  step,
};
const inProcesses = process.argv.includes('--processes');
const starting = inProcesses
  ? startProcesses({ ...options, healthPort: number('PARTA_HEALTH_PORT', port + 11) })
  : startStandalone(options);
const parta = await starting.catch((error: Error) => {
  process.stderr.write(`\nParta did not start: ${error.message}\n`);
  process.exit(1);
});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Somebody who presses Ctrl-C again does not want to wait; the servers' watchdogs clean up behind.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => {
      process.stderr.write('Parta did not stop in time and was ended.\n');
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    say('\nStopping Parta …');
    parta.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

try {
  const demo = await loadDemoDistrict(parta, {
    dataDir,
    now: new Date(),
    historyDays: number('PARTA_DEMO_HISTORY_DAYS', 28),
    step,
  });
  say(`\nSign-ins of the demo district (also in ${join(dataDir, 'demo-accounts.json')}):`);
  for (const account of demo.accounts) {
    say(
      `  ${account.role.padEnd(18)} ${account.login.padEnd(22)} ${account.password}  ${account.name}${account.school ? `, ${account.school}` : ''}`,
    );
  }
  say(
    `\nParta is ready: http://127.0.0.1:${port}   (${Math.round((Date.now() - startedAt) / 1000)} s; Ctrl-C stops)`,
  );
} catch (error) {
  if (!stopping) {
    process.stderr.write(`\nThe demo district could not be loaded: ${(error as Error).message}\n`);
    await parta.stop();
    process.exit(1);
  }
}
