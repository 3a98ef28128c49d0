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
  /** files one account or regional system may send at the same time; 4 unless said */
  uploadsAtOnce?: number;
  /** bytes of all files that wait for their service; 8 GiB unless said */
  uploadsMaxBytes?: number;
  /** how many proxies in front add X-Forwarded-For */
  trustedProxies: number;
  /** how long it still answers, not ready any more, when it is to stop: until whoever balances between gateways has seen it */
  drainSeconds?: number;
}

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
    requestsPerMinute: number('PARTA_REQUESTS_PER_MINUTE', 1200),
    requestsPerMinutePerAddress: number('PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS', 12_000),
    signInsPerMinutePerAddress: number('PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS', 300),
    uploadsAtOnce: number('PARTA_UPLOADS_AT_ONCE', 4),
    uploadsMaxBytes: number('PARTA_UPLOADS_MAX_MEGABYTES', 8192) * 1024 * 1024,
    trustedProxies: number('PARTA_TRUSTED_PROXIES', 0),
    drainSeconds: number('PARTA_DRAIN_SECONDS', 5),
  };
}
