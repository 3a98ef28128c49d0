/**
 * A process that starts the embedded servers named on its command line and then waits to be killed.
 * Usage: parent.mjs '{"postgres":{…},"nats":{…}}'; prints one line, {"postgres":pid,"nats":pid}, when they are ready.
 */
import { registerHooks } from 'node:module';

// The sources run as they are, without jest: Node strips the types but looks for the `.js` files the imports name.
registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});

const { startEmbeddedNats, startEmbeddedPostgres } = await import('../src/index.js');
const options = JSON.parse(process.argv[2]);
const postgres = options.postgres && (await startEmbeddedPostgres(options.postgres));
const nats = options.nats && (await startEmbeddedNats(options.nats));
console.log(JSON.stringify({ postgres: postgres?.pid, nats: nats?.pid }));
if (options.then === 'exit') process.exit(0);
if (options.then === 'throw') throw new Error('asked to');
