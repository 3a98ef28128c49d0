// The image's entry point: runs the process that the command names.
const PROCESSES = {
  identity: 'apps/identity/dist/main.js',
  contingent: 'apps/contingent/dist/main.js',
  curriculum: 'apps/curriculum/dist/main.js',
  journal: 'apps/journal/dist/main.js',
  diary: 'apps/diary/dist/main.js',
  notifications: 'apps/notifications/dist/main.js',
  reporting: 'apps/reporting/dist/main.js',
  gateway: 'apps/gateway/dist/main.js',
  migrate: 'apps/standalone/dist/migrate.js',
  rebuild: 'apps/standalone/dist/rebuild.js',
};

const name = process.argv[2];
if (!Object.hasOwn(PROCESSES, name ?? '')) {
  process.stderr.write(`Say what to run: ${Object.keys(PROCESSES).join(', ')}.\n`);
  process.exit(1);
}
process.argv.splice(2, 1);
try {
  await import(new URL(`../${PROCESSES[name]}`, import.meta.url).href);
} catch (error) {
  process.stderr.write(`${name} did not start: ${error.message}\n`);
  process.exit(1);
}
