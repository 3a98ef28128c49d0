import { readFileSync } from 'node:fs';
import { HEALTH_PORT, needed, SETTINGS, type Settings } from '@parta/platform-rpc';
import type { JSONWebKeySet } from 'jose';
import type { Patience } from './slow-requests.js';

export interface GatewayConfig {
  port: number;
  /** an address; `localhost` is both loopback addresses */
  host: string;
  natsUrl: string;
  tokenKeys: JSONWebKeySet;
  /** the public address; the one that is asked unless said */
  publicUrl?: string;
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
  /** addresses and networks of the proxies in front; X-Forwarded-For from anybody else is not read */
  trustedProxies: readonly string[];
  /** port of health and metrics for those who run the installation; none unless said */
  healthPort?: number;
  /** its address; all of the machine's unless said */
  healthHost?: string;
  /** for how long requests may be on their way; the usual unless said */
  patience?: Patience;
  /** how long it still answers, not ready any more, when it is to stop: until whoever balances between gateways has seen it */
  drainSeconds?: number;
}

const MEGABYTE = 1024 * 1024;

/** What holds unless it is said otherwise. */
export const USUAL = {
  requestsPerMinute: SETTINGS.PARTA_REQUESTS_PER_MINUTE.otherwise,
  requestsPerMinutePerAddress: SETTINGS.PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS.otherwise,
  signInsPerMinutePerAddress: SETTINGS.PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS.otherwise,
  uploadsAtOnce: SETTINGS.PARTA_UPLOADS_AT_ONCE.otherwise,
  /** some thirty of the largest roster packages */
  uploadsMaxBytes: SETTINGS.PARTA_UPLOADS_MAX_MEGABYTES.otherwise * MEGABYTE,
  trustedProxies: SETTINGS.PARTA_TRUSTED_PROXIES.otherwise,
} as const satisfies Partial<GatewayConfig>;

/** A gateway's configuration, of which the usual need not be said. */
export type GatewaySettings = Omit<GatewayConfig, keyof typeof USUAL> & Partial<GatewayConfig>;

/** What a gateway takes from settings, whoever starts it. */
export const gatewaySettings = (settings: Settings): Omit<GatewayConfig, 'natsUrl' | 'tokenKeys'> => ({
  port: settings.PARTA_PORT,
  host: settings.PARTA_HOST,
  publicUrl: settings.PARTA_PUBLIC_URL,
  webRoot: settings.PARTA_WEB_ROOT,
  secureCookies: !settings.PARTA_INSECURE_COOKIES,
  requestsPerMinute: settings.PARTA_REQUESTS_PER_MINUTE,
  requestsPerMinutePerAddress: settings.PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS,
  signInsPerMinutePerAddress: settings.PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS,
  uploadsAtOnce: settings.PARTA_UPLOADS_AT_ONCE,
  uploadsMaxBytes: settings.PARTA_UPLOADS_MAX_MEGABYTES * MEGABYTE,
  trustedProxies: settings.PARTA_TRUSTED_PROXIES,
  drainSeconds: settings.PARTA_DRAIN_SECONDS,
});

/**
 * The configuration of a gateway that is a process of its own.
 * @throws Error naming the setting that is missing
 */
export const gatewayConfig = (settings: Settings): GatewayConfig => ({
  ...gatewaySettings(settings),
  healthPort: settings.PARTA_HEALTH_PORT ?? HEALTH_PORT,
  healthHost: settings.PARTA_HEALTH_HOST,
  natsUrl: needed(settings, 'NATS_URL'),
  tokenKeys: JSON.parse(readFileSync(needed(settings, 'PARTA_TOKEN_KEYS_FILE'), 'utf8')) as JSONWebKeySet,
});
