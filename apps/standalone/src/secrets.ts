import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

/** What an installation makes once and keeps: passwords of the database and identity's key pair. */
export interface Secrets {
  databasePassword: string;
  rolePassword: string;
  signingKey: JWK;
  tokenKeys: JSONWebKeySet;
}

/** Reads the secrets of an installation, or makes them; the file is readable by its owner alone. */
export async function secretsIn(file: string): Promise<Secrets> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const password = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    databasePassword: password(),
    rolePassword: password(),
    ...(await newKeyPair()),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
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
