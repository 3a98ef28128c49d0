import { join, resolve } from 'node:path';
import { notificationsConfig } from '@parta/notifications';
import { DEMO_OPERATOR, loadDemoDistrict } from './demo/demo-district.js';
import { launchArguments, type LaunchArguments } from './launch-arguments.js';
import { startProcesses } from './processes.js';
import { startReceivers } from './receivers.js';
import { startStandalone } from './standalone.js';

const number = (name: string, otherwise: number): number =>
  process.env[name] ? Number(process.env[name]) : otherwise;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const step = (line: string): void => say(`  · ${line}`);

const dataDir = resolve(process.env.PARTA_DATA_DIR ?? '.parta');
const port = number('PARTA_PORT', 8080);

const STOP_TIMEOUT_MS = 20_000;

const fail = (error: Error): never => {
  process.stderr.write(`\nParta did not start: ${error.message}\n`);
  process.exit(1);
};
const natsPort = number('PARTA_NATS_PORT', port + 2);
let launch: LaunchArguments;
try {
  launch = launchArguments(process.argv.slice(2), port, natsPort);
} catch (error) {
  fail(error as Error);
}
const { inProcesses, replicas, gatewayPorts, natsNodes } = launch!;

const startedAt = Date.now();
const options = {
  dataDir,
  port,
  databasePort: number('PARTA_DATABASE_PORT', port + 1),
  natsPort,
  adminDatabaseUrl: process.env.PARTA_ADMIN_DATABASE_URL || undefined,
  natsUrl: process.env.NATS_URL || undefined,
  webRoot: process.env.PARTA_WEB_ROOT && resolve(process.env.PARTA_WEB_ROOT),
  timeZone: process.env.PARTA_TIME_ZONE ?? 'Asia/Yekaterinburg',
  firstOperator: DEMO_OPERATOR,
  step,
};
// An installation with a mail server or SMS centre of its own needs none for a trial.
const isTrial = !process.env.PARTA_SMTP_URL && !process.env.PARTA_SMPP_URL;
const receivers = isTrial
  ? await startReceivers({
      pagePort: number('PARTA_RECEIVERS_PAGE_PORT', port + 3),
      smtpPort: number('PARTA_RECEIVERS_SMTP_PORT', port + 4),
      smppPort: number('PARTA_RECEIVERS_SMPP_PORT', port + 5),
      step,
    }).catch(fail)
  : undefined;
const sending = { PARTA_PUBLIC_URL: `http://127.0.0.1:${port}`, ...process.env, ...receivers?.env };
const starting = inProcesses
  ? startProcesses({
      ...options,
      env: sending,
      healthPort: number('PARTA_HEALTH_PORT', port + 11),
      replicas,
      gatewayPorts,
      natsNodes,
    })
  : startStandalone({ ...options, notifications: notificationsConfig(sending) });
const running = await starting.catch(async (error: Error) => {
  await receivers?.stop();
  return fail(error);
});
const stopAll = async (): Promise<void> => {
  await running.stop();
  await receivers?.stop();
};

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
    stopAll().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

try {
  const demo = await loadDemoDistrict(running, {
    dataDir,
    now: new Date(),
    historyDays: number('PARTA_DEMO_HISTORY_DAYS', 28),
    inboxUrl: receivers?.url,
    step,
  });
  if (demo) {
    say(`\nSign-ins of the demo district (also in ${join(dataDir, 'demo-accounts.json')}):`);
    for (const account of demo.accounts) {
      say(
        `  ${account.role.padEnd(18)} ${account.login.padEnd(22)} ${account.password}  ${account.name}${account.school ? `, ${account.school}` : ''}`,
      );
    }
  } else {
    step('the database holds schools of its own: the demo district is not loaded');
  }
  if (receivers) say(`\nWhat families received (mail and SMS): ${receivers.url}`);
  if (replicas > 1)
    say(`\nEvery service runs ${replicas} times. Gateways also at ports ${gatewayPorts.join(', ')}`);
  say(
    `\nParta is ready: http://127.0.0.1:${port}   (${Math.round((Date.now() - startedAt) / 1000)} s; Ctrl-C stops)`,
  );
} catch (error) {
  if (!stopping) {
    process.stderr.write(`\nThe demo district could not be loaded: ${(error as Error).message}\n`);
    await stopAll();
    process.exit(1);
  }
}
