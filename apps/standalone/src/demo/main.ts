// Loads the demo into an installation that runs elsewhere, such as in containers: PARTA_URL, PARTA_ADMIN_DATABASE_URL (its own
// database), NATS_URL, PARTA_RECEIVERS_URL, and PARTA_DATA_DIR, where the accounts are written. Past weeks are not written up.
import { mkdirSync } from 'node:fs';
import { factsOnTheirWay } from '../backlog.js';
import { analyze } from '../installation.js';
import { DEMO_OPERATOR, loadDemoDistrict } from './demo-district.js';

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const adminUrl = required('PARTA_ADMIN_DATABASE_URL');
const natsUrl = required('NATS_URL');
const dataDir = required('PARTA_DATA_DIR');
mkdirSync(dataDir, { recursive: true });
const demo = await loadDemoDistrict(
  {
    url: required('PARTA_URL'),
    withJournalHistory: () => Promise.resolve(),
    analyze: () => analyze(adminUrl),
    factsOnTheirWay: () => factsOnTheirWay(adminUrl, natsUrl),
    stop: () => Promise.resolve(),
  },
  {
    dataDir,
    operator: {
      login: process.env.PARTA_FIRST_OPERATOR_LOGIN || DEMO_OPERATOR.login,
      password: process.env.PARTA_FIRST_OPERATOR_PASSWORD || DEMO_OPERATOR.password,
    },
    now: new Date(),
    historyDays: 0,
    inboxUrl: required('PARTA_RECEIVERS_URL'),
    step: (line) => void process.stdout.write(`  · ${line}\n`),
  },
);
if (!demo) throw new Error('the installation holds something that is not the demo');
