import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

/** What an installation makes once and keeps: passwords of the database and identity's key pair. */
export interface Secrets {
  databasePassword: string;
  /** from which the password of each service's database role is derived */
  rolePassword: string;
  /** from which the password of each user of NATS is derived; files of older versions lack it until the next start */
  busPassword: string;
  signingKey: JWK;
  tokenKeys: JSONWebKeySet;
}

/** Reads the secrets of an installation, or makes them; the file is readable by its owner alone. */
export async function secretsIn(file: string): Promise<Secrets> {
  const password = (): string => randomBytes(24).toString('base64url');
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
    if (kept.busPassword) return kept;
    const completed = { ...kept, busPassword: password() };
    writeFileSync(file, JSON.stringify(completed, null, 2), { mode: 0o600 });
    return completed;
  }
  const secrets: Secrets = {
    databasePassword: password(),
    rolePassword: password(),
    busPassword: password(),
    ...(await newKeyPair()),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** The password of one database role; a service that knows its own does not know another's. */
export const passwordOfRole = (secrets: Pick<Secrets, 'rolePassword'>, role: string): string =>
  createHmac('sha256', secrets.rolePassword).update(role).digest('base64url');

/** The password of one user of NATS; a service that knows its own does not know another's. */
export const passwordOfBusUser = (secrets: Pick<Secrets, 'busPassword'>, user: string): string =>
  createHmac('sha256', secrets.busPassword).update(user).digest('base64url');

/** The keys as the processes read them: the public ones for everyone, the private one for identity alone. */
export function writeKeys(
  folder: string,
  secrets: Secrets,
  withSigningKey: boolean,
): { publicKeys: string; signingKey: string } {
  mkdirSync(folder, { recursive: true });
  const publicKeys = join(folder, 'token-keys.json');
  const signingKey = join(folder, 'signing-key.json');
  writeFileSync(publicKeys, JSON.stringify(secrets.tokenKeys));
  if (withSigningKey) writeFileSync(signingKey, JSON.stringify(secrets.signingKey), { mode: 0o600 });
  return { publicKeys, signingKey };
}

async function newKeyPair(): Promise<Pick<Secrets, 'signingKey' | 'tokenKeys'>> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const own = { kid, alg: 'EdDSA', use: 'sig' };
  return {
    signingKey: { ...(await exportJWK(pair.privateKey)), ...own },
    tokenKeys: { keys: [{ ...(await exportJWK(pair.publicKey)), ...own }] },
  };
}
