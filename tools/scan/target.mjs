import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIMITLESS = String(1e8);
const READY = /Parta is ready: (http:\/\/\S+)/;

/** Parta in processes with the demo district, its limits out of the way: with them most of what is tried would end in 429. */
export async function startTarget(root, folder, say) {
  // Under root PostgreSQL runs as another user, who has to pass through.
  chmodSync(folder, 0o711);
  const port = process.env.PARTA_SCAN_PORT ?? '9700';
  const child = spawn(process.execPath, ['apps/standalone/dist/main.js', '--processes'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NATS_URL: '',
      PARTA_ADMIN_DATABASE_URL: '',
      PARTA_SMTP_URL: '',
      PARTA_SMPP_URL: '',
      PARTA_DATA_DIR: join(folder, 'data'),
      PARTA_PORT: port,
      PARTA_WEB_ROOT: join(root, 'apps/web/dist'),
      PARTA_DEMO_HISTORY_DAYS: '5',
      PARTA_LOG_LEVEL: 'error',
      PARTA_REQUESTS_PER_MINUTE: LIMITLESS,
      PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
      PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
      PARTA_ROSTERS_WAITING: LIMITLESS,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      said += chunk;
      const ready = READY.exec(said);
      if (ready) resolve(ready[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`Parta did not start:\n${said}`)));
  });
  say(`Parta is ready at ${url}`);
  const { accounts, region } = JSON.parse(readFileSync(join(folder, 'data/demo-accounts.json'), 'utf8'));
  return {
    url,
    region,
    accounts: new Map(accounts.map((account) => [account.role, account])),
    /** its log so far */
    log: () => said,
    stop: async () => {
      writeFileSync(join(folder, 'parta.log'), said);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
