import { readFileSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';

export interface GatewayConfig {
  port: number;
  host: string;
  natsUrl: string;
  tokenKeys: JSONWebKeySet;
  /** folder of the built web application; none serves the API alone */
  webRoot?: string;
  /** the refresh cookie is marked Secure; off only for a trial over plain http */
  secureCookies: boolean;
  /** requests a minute for one account or regional system */
  requestsPerMinute: number;
  /** requests a minute for one address: a whole school may sit behind it */
  requestsPerMinutePerAddress: number;
  /** attempts a minute to sign in, accept an invitation or get a client token, for one address */
  signInsPerMinutePerAddress: number;
  /** files one account or regional system may send at the same time */
  uploadsAtOnce: number;
  /** bytes of all files that wait for their service */
  uploadsMaxBytes: number;
  /** how many proxies in front add X-Forwarded-For */
  trustedProxies: number;
  /** how long it still answers, not ready any more, when it is to stop: until whoever balances between gateways has seen it */
  drainSeconds?: number;
}

const MEGABYTE = 1024 * 1024;

/** What holds unless it is said otherwise. */
export const USUAL = {
  requestsPerMinute: 1200,
  requestsPerMinutePerAddress: 12_000,
  signInsPerMinutePerAddress: 300,
  uploadsAtOnce: 4,
  /** some thirty of the largest roster packages */
  uploadsMaxBytes: 8192 * MEGABYTE,
  trustedProxies: 0,
} as const satisfies Partial<GatewayConfig>;

/** A gateway's configuration, of which the usual need not be said. */
export type GatewaySettings = Omit<GatewayConfig, keyof typeof USUAL> & Partial<GatewayConfig>;

/** @throws Error naming the variable that is missing */
export function gatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const must = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const number = (name: string, otherwise: number): number => (env[name] ? Number(env[name]) : otherwise);
  return {
    port: number('PARTA_PORT', 8080),
    host: env.PARTA_HOST ?? '0.0.0.0',
    natsUrl: must('NATS_URL'),
    tokenKeys: JSON.parse(readFileSync(must('PARTA_TOKEN_KEYS_FILE'), 'utf8')) as JSONWebKeySet,
    webRoot: env.PARTA_WEB_ROOT,
    secureCookies: env.PARTA_INSECURE_COOKIES !== 'true',
    requestsPerMinute: number('PARTA_REQUESTS_PER_MINUTE', USUAL.requestsPerMinute),
    requestsPerMinutePerAddress: number(
      'PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS',
      USUAL.requestsPerMinutePerAddress,
    ),
    signInsPerMinutePerAddress: number(
      'PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS',
      USUAL.signInsPerMinutePerAddress,
    ),
    uploadsAtOnce: number('PARTA_UPLOADS_AT_ONCE', USUAL.uploadsAtOnce),
    uploadsMaxBytes: number('PARTA_UPLOADS_MAX_MEGABYTES', USUAL.uploadsMaxBytes / MEGABYTE) * MEGABYTE,
    trustedProxies: number('PARTA_TRUSTED_PROXIES', USUAL.trustedProxies),
    drainSeconds: number('PARTA_DRAIN_SECONDS', 5),
  };
}
