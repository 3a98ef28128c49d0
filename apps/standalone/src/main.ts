import { join, resolve } from 'node:path';
import { notificationsConfig } from '@parta/notifications';
import { adminUrlOf } from './admin-url.js';
import { loadDemoDistrict } from './demo/demo-district.js';
import { planOf } from './plan.js';
import { noteRunning } from './running-record.js';
import { startProcesses } from './processes.js';
import { startReceivers, type Receivers } from './receivers.js';
import type { RunningParta } from './running-parta.js';
import { startStandalone } from './standalone.js';
import { stopWhenAsked } from './stopping.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const step = (line: string): void => say(`  · ${line}`);
const fail = (error: Error): never => {
  process.stderr.write(`\nParta did not start: ${error.message}\n`);
  process.exit(1);
};

const startedAt = Date.now();
const plan = await planOf(process.env, process.argv.slice(2), step).catch(fail);
const { settings, dataDir, ports, operator } = plan;
const forget = noteRunning(dataDir);
const begun: { receivers?: Promise<Receivers>; parta?: Promise<RunningParta> } = {};
const stopAll = async (): Promise<void> => {
  // Whoever stops while it starts waits for the start, which undoes itself when it fails.
  await (await begun.parta?.catch(() => undefined))?.stop();
  await (await begun.receivers?.catch(() => undefined))?.stop();
  forget();
};
const isStopping = stopWhenAsked(stopAll, say);
const broken = async (error: Error): Promise<never> => {
  if (isStopping()) return new Promise(() => undefined);
  await stopAll();
  return fail(error);
};

if (plan.hasReceivers)
  begun.receivers = startReceivers({
    pagePort: ports.page,
    smtpPort: ports.smtp,
    smppPort: ports.smpp,
    step,
  });
const receivers = await begun.receivers?.catch(broken);
const options = {
  dataDir,
  port: ports.http,
  databasePort: ports.database,
  natsPort: ports.nats,
  adminDatabaseUrl: adminUrlOf(settings),
  natsUrl: settings.NATS_URL,
  webRoot: settings.PARTA_WEB_ROOT && resolve(settings.PARTA_WEB_ROOT),
  timeZone: settings.PARTA_TIME_ZONE,
  firstOperator: operator,
  step,
};
const sending = {
  PARTA_DEMO: String(settings.PARTA_DEMO),
  PARTA_PUBLIC_URL: `http://127.0.0.1:${ports.http}`,
  ...process.env,
  ...receivers?.env,
};
const start = async (): Promise<RunningParta> => {
  const notifications = notificationsConfig(sending);
  if (!plan.inProcesses)
    return startStandalone({ ...options, healthPort: ports.health, settings, notifications });
  return startProcesses({
    ...options,
    env: sending,
    healthPort: ports.health,
    replicas: plan.replicas,
    gatewayPorts: plan.gatewayPorts,
    natsNodes: plan.natsNodes,
  });
};
begun.parta = start();
const running = await begun.parta.catch(broken);

try {
  const demo =
    settings.PARTA_DEMO && operator
      ? await loadDemoDistrict(running, {
          dataDir,
          operator,
          now: new Date(),
          historyDays: settings.PARTA_DEMO_HISTORY_DAYS,
          inboxUrl: receivers?.url,
          step,
        })
      : undefined;
  if (demo) {
    say(`\nSign-ins of the demo district (also in ${join(dataDir, 'demo-accounts.json')}):`);
    for (const account of demo.accounts) {
      say(
        `  ${account.role.padEnd(18)} ${account.login.padEnd(22)} ${account.password}  ${account.name}${account.school ? `, ${account.school}` : ''}`,
      );
    }
  } else if (demo === null) {
    step('the database holds schools of its own: the demo district is not loaded');
  }
  if (receivers) say(`\nWhat families received (mail and SMS): ${receivers.url}`);
  if (plan.replicas > 1)
    say(
      `\nEvery service runs ${plan.replicas} times. Gateways also at ports ${plan.gatewayPorts.join(', ')}`,
    );
  say(
    `\nParta is ready: http://127.0.0.1:${ports.http}   (${Math.round((Date.now() - startedAt) / 1000)} s; Ctrl-C stops)`,
  );
} catch (error) {
  if (!isStopping()) {
    process.stderr.write(`\nThe demo district could not be loaded: ${(error as Error).message}\n`);
    await stopAll();
    process.exit(1);
  }
}
