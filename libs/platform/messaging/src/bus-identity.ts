import { readFileSync } from 'node:fs';
import {
  credsAuthenticator,
  nkeyAuthenticator,
  type Authenticator,
  type TlsOptions,
} from '@nats-io/transport-node';
import { inboxPrefixOf } from './bus-users.js';

/** The addresses without names and passwords, and who connects there. */
interface BusIdentity {
  servers: string[];
  user?: string;
  pass?: string;
  authenticator?: Authenticator;
  /** answers are heard at subjects of the user's own, which the others may not hear */
  inboxPrefix?: string;
}

/** Who a process is on the bus: by its address, else by its environment. */
export function identityOf(url: string, env: NodeJS.ProcessEnv): BusIdentity {
  const addresses = url
    .split(',')
    .map((one) => new URL(one.includes('://') ? one.trim() : `nats://${one.trim()}`));
  const servers = addresses.map(({ host }) => host);
  const named = addresses.find(({ username }) => username !== '');
  if (named) {
    const user = decodeURIComponent(named.username);
    return { servers, user, pass: decodeURIComponent(named.password), inboxPrefix: inboxPrefixOf(user) };
  }
  const inboxPrefix = env['NATS_INBOX_PREFIX'] || undefined;
  const rest = { servers, ...(inboxPrefix && { inboxPrefix }) };
  if (env['NATS_CREDS_FILE'])
    return { ...rest, authenticator: credsAuthenticator(readFileSync(env['NATS_CREDS_FILE'])) };
  if (env['NATS_NKEY_FILE'])
    return {
      ...rest,
      authenticator: nkeyAuthenticator(
        new TextEncoder().encode(readFileSync(env['NATS_NKEY_FILE'], 'utf8').trim()),
      ),
    };
  if (env['NATS_USER'])
    return {
      inboxPrefix: inboxPrefixOf(env['NATS_USER']),
      ...rest,
      user: env['NATS_USER'],
      pass: passwordIn(env),
    };
  return rest;
}

/** The password itself, or what a file says that the installation has made. */
function passwordIn(env: NodeJS.ProcessEnv): string {
  const { NATS_PASSWORD: password, NATS_PASSWORD_FILE: file } = env;
  return password || !file ? (password ?? '') : readFileSync(file, 'utf8').trim();
}

/** TLS is used when an address says `tls://` or a certificate is given; the server may ask for it besides. */
export function tlsOf(url: string, env: NodeJS.ProcessEnv): { tls?: TlsOptions } {
  const files: TlsOptions = {
    ...(env['NATS_CA_FILE'] && { caFile: env['NATS_CA_FILE'] }),
    ...(env['NATS_CERT_FILE'] && { certFile: env['NATS_CERT_FILE'] }),
    ...(env['NATS_KEY_FILE'] && { keyFile: env['NATS_KEY_FILE'] }),
  };
  const isAsked = /(^|,)\s*tls:/.test(url);
  return isAsked || Object.keys(files).length > 0 ? { tls: files } : {};
}
