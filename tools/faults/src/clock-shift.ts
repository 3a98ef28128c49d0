/*
 * Loaded before a service (NODE_OPTIONS --import): its Date is off by as many milliseconds as the file of its name in
 * PARTA_FAULTS_CLOCK_DIR says, from one moment to the next, as a clock that an operator or NTP has stepped. Timers go on,
 * as they do on such a machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.PARTA_FAULTS_CLOCK_DIR;
const service = /apps\/([a-z]+)\/dist\/main\.js$/.exec(process.argv[1] ?? '')?.[1];

if (folder && service) {
  const file = join(folder, service);
  const RealDate = Date;
  let shift = 0;
  const read = (): void => {
    try {
      shift = Number(readFileSync(file, 'utf8')) || 0;
    } catch {
      shift = 0;
    }
  };
  read();
  setInterval(read, 200).unref();
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[]) =>
      args.length === 0 ? new target(target.now() + shift) : (Reflect.construct(target, args) as Date),
    apply: (target) => new target(target.now() + shift).toString(),
    get: (target, property) =>
      property === 'now' ? () => target.now() + shift : (Reflect.get(target, property) as unknown),
  });
}
