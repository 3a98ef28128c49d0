import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Runs a scanner, nicely, and keeps what it says in a file. @returns what it said, and how long it took */
export function run(program, args, file, limitSeconds) {
  const startedAt = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn('nice', [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let isCut = false;
    const timer = setTimeout(() => {
      isCut = true;
      child.kill('SIGTERM');
    }, limitSeconds * 1000);
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      writeFileSync(file, said);
      resolve({ said, code, isCut, seconds: Math.round((Date.now() - startedAt) / 1000) });
    });
  });
}
