import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Chromium to drive, and what its process needs in its environment. */
export interface ChromiumProgram {
  executablePath: string;
  env: Record<string, string>;
}

/** Switches for a Chromium in a test: no sandbox (it may run as root or in a container), nothing that calls home. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const WHAT_TO_DO =
  'The browser tests need Chromium: install the package chromium, or set PARTA_CHROMIUM to its path.';

/**
 * Chromium from PARTA_CHROMIUM, else from PATH, else unpacked earlier, else from the distribution: installed as root,
 * unpacked with everything it needs into the cache folder as an ordinary user.
 * @throws Error with one sentence saying what to install
 */
export function findChromium(cacheDir: string): ChromiumProgram {
  const given = process.env.PARTA_CHROMIUM;
  if (given) return { executablePath: given, env: {} };
  const installed = onPath();
  if (installed) return { executablePath: installed, env: {} };
  const unpacked = join(cacheDir, 'chromium');
  if (existsSync(unpacked)) return unpackedProgram(unpacked);
  if (process.getuid?.() === 0) {
    if (apt(['-s', 'install', 'chromium']).status !== 0) apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation']);
    const now = onPath();
    if (now) return { executablePath: now, env: {} };
    throw new Error(WHAT_TO_DO);
  }
  unpack(unpacked, cacheDir);
  return unpackedProgram(unpacked);
}

function onPath(): string | null {
  for (const folder of [...(process.env.PATH ?? '').split(':'), '/usr/bin']) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

function unpack(target: string, cacheDir: string): void {
  mkdirSync(cacheDir, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'parta-chromium-'));
  try {
    const lists = join(work, 'lists');
    const archives = join(work, 'archives');
    for (const folder of [join(lists, 'partial'), join(archives, 'partial')])
      mkdirSync(folder, { recursive: true });
    const own = [
      '-o',
      `Dir::State::Lists=${lists}`,
      '-o',
      `Dir::Cache=${work}`,
      '-o',
      'Debug::NoLocking=1',
      '-o',
      'APT::Sandbox::User=',
    ];
    apt([...own, 'update', '-qq'], work);
    const plan = apt(
      [...own, '-s', 'install', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      work,
    );
    const packages = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!);
    if (packages.length === 0) throw new Error(WHAT_TO_DO);
    apt([...own, 'download', ...packages], work);
    const draft = join(work, 'root');
    mkdirSync(draft);
    for (const name of readdirSync(work).filter((file) => file.endsWith('.deb'))) {
      spawnSync('dpkg', ['-x', join(work, name), draft], { stdio: 'ignore' });
    }
    if (!existsSync(join(draft, 'usr/lib/chromium/chromium'))) throw new Error(WHAT_TO_DO);
    spawnSync('cp', ['-a', draft, `${target}.draft`]);
    renameSync(`${target}.draft`, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpackedProgram(root: string): ChromiumProgram {
  const libraries = ['usr/lib', 'lib']
    .flatMap((folder) => [
      folder,
      ...['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `${folder}/${arch}`),
    ])
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder));
  return {
    executablePath: join(root, 'usr/lib/chromium/chromium'),
    env: { LD_LIBRARY_PATH: libraries.join(':'), XDG_DATA_DIRS: join(root, 'usr/share') },
  };
}

function apt(args: string[], cwd = '/'): { status: number | null; stdout: string } {
  // Two runs at once on a fresh machine both want it.
  const { status, stdout } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 600_000,
  });
  return { status, stdout: stdout ?? '' };
}
