import {
  email,
  file,
  flag,
  folder,
  host,
  natsUrls,
  networks,
  number,
  oneOf,
  port,
  postgresUrl,
  text,
  timeZone,
  url,
  whole,
} from './kinds.js';
import { optional, SERVICES, setting, type Reader } from './setting.js';

const START: readonly Reader[] = ['start'];
const ALL: readonly Reader[] = ['start', 'gateway', ...SERVICES, 'migrate', 'rebuild'];
const PROCESSES: readonly Reader[] = ['gateway', ...SERVICES];
const GATEWAY: readonly Reader[] = ['start', 'gateway'];
const IDENTITY: readonly Reader[] = ['start', 'identity'];
const CONTINGENT: readonly Reader[] = ['start', 'contingent'];
const NOTIFICATIONS: readonly Reader[] = ['start', 'notifications'];

/**
 * Every environment variable of Parta, once: from here come the checks at the start, what is shown there, and the table of
 * docs/administration.md.
 */
export const SETTINGS = {
  PARTA_HOST: setting(host, {
    of: GATEWAY,
    meaning: 'address where the gateway listens; `0.0.0.0` or `::` for all',
    otherwise: '0.0.0.0',
    otherwiseAtStart: 'localhost',
    defaultSays: '`npm start`: localhost, by IPv4 and IPv6; in containers all',
    isOfImage: true,
  }),
  PARTA_PORT: setting(port, {
    of: [...GATEWAY, 'rebuild'],
    meaning: 'HTTP port of the gateway; with compose also `address:port`',
    otherwise: 8080,
    isOfImage: true,
  }),
  PARTA_DATA_DIR: setting(folder, {
    of: ['start', 'rebuild'],
    meaning: 'where everything is kept',
    otherwise: '.parta',
  }),
  PARTA_DEMO: setting(flag, {
    of: IDENTITY,
    meaning:
      '`false`: without the demo district, its operator, and the receivers of mail and SMS; identity takes the demo’s password, which everybody knows, only with `true`',
    otherwise: false,
    otherwiseAtStart: true,
  }),
  PARTA_DEMO_HISTORY_DAYS: setting(whole(0, 365), {
    of: START,
    meaning: 'days of journal that the demo begins with',
    otherwise: 28,
  }),
  PARTA_DATABASE_PORT: optional(port, {
    of: ['start', 'rebuild'],
    meaning: 'port of the embedded PostgreSQL',
    defaultSays: '`PARTA_PORT` + 1',
  }),
  PARTA_NATS_PORT: optional(port, {
    of: ['start', 'rebuild'],
    meaning: 'port of the embedded NATS',
    defaultSays: '`PARTA_PORT` + 2',
  }),
  PARTA_RECEIVERS_PAGE_PORT: optional(port, {
    of: START,
    meaning: 'page of what families received, in a trial',
    defaultSays: '`PARTA_PORT` + 3',
  }),
  PARTA_RECEIVERS_SMTP_PORT: optional(port, {
    of: START,
    meaning: 'mail server of the trial',
    defaultSays: '`PARTA_PORT` + 4',
  }),
  PARTA_RECEIVERS_SMPP_PORT: optional(port, {
    of: START,
    meaning: 'SMS centre of the trial',
    defaultSays: '`PARTA_PORT` + 5',
  }),
  PARTA_LOG_LEVEL: setting(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), {
    of: ALL,
    meaning: 'fatal, error, warn, info, debug, trace, silent',
    otherwise: 'info',
    otherwiseAtStart: 'warn',
  }),
  PARTA_ADMIN_DATABASE_URL: optional(postgresUrl, {
    of: ['start', 'migrate', 'rebuild'],
    meaning: 'PostgreSQL 15 or newer, with ICU, as a role that may create databases and roles',
    defaultSays: 'the embedded one',
    isSecret: true,
    isOfImage: true,
  }),
  PARTA_ADMIN_DATABASE_PASSWORD: optional(text, {
    of: ['start', 'migrate', 'rebuild'],
    meaning: 'the password for that address, as it is, in place of one in the address',
    isSecret: true,
    isOfImage: true,
  }),
  PARTA_SECRETS_DIR: optional(folder, {
    of: ['migrate', 'rebuild'],
    meaning: 'folder in which each process finds what it needs',
    isOfImage: true,
  }),
  PARTA_DATABASE_URL: optional(postgresUrl, {
    of: SERVICES,
    meaning: 'PostgreSQL, as the service’s own role',
    isSecret: true,
    isOfImage: true,
  }),
  PARTA_DATABASE_URL_FILE: optional(file, {
    of: SERVICES,
    meaning: 'file that holds `PARTA_DATABASE_URL`',
    isOfImage: true,
  }),
  PARTA_POOL_SIZE: setting(whole(1, 1000), {
    of: ['start', ...SERVICES],
    meaning: 'connections of each service to PostgreSQL',
    otherwise: 10,
  }),
  PARTA_HEALTH_PORT: optional(port, {
    of: ['start', ...PROCESSES],
    meaning:
      '`/health/live`, `/health/ready`, `/metrics` for those who run the installation; with `npm run start:services` the first of the services’ ports, in the order of the list of services, and of the gateways’ after them',
    defaultSays: '3000; `npm start`: `PARTA_PORT` + 11, on this machine only',
    isOfImage: true,
  }),
  PARTA_HEALTH_HOST: optional(host, {
    of: PROCESSES,
    meaning: 'address of `PARTA_HEALTH_PORT`',
    defaultSays: 'all',
    isOfImage: true,
  }),
  NATS_URL: optional(natsUrls, {
    of: ALL,
    meaning:
      'NATS 2.9 or newer with JetStream: `nats://[user:password@]host:port`, several with commas, `tls://` for TLS',
    defaultSays: '`npm start`: the embedded one',
    isSecret: true,
    isOfImage: true,
  }),
  NATS_USER: optional(text, {
    of: ALL,
    meaning: 'who Parta is there, unless the address says so',
  }),
  NATS_PASSWORD: optional(text, { of: ALL, meaning: 'and the password', isSecret: true }),
  NATS_PASSWORD_FILE: optional(file, {
    of: [...PROCESSES, 'rebuild'],
    meaning: 'file that holds `NATS_PASSWORD`',
    isOfImage: true,
  }),
  PARTA_BUS_NODES: optional(text, {
    of: ['migrate'],
    meaning: 'hosts of the nodes of a cluster of NATS, with commas: `migrate` writes their configuration',
    isOfImage: true,
  }),
  NATS_CREDS_FILE: optional(file, { of: ALL, meaning: 'credentials file, in place of a password' }),
  NATS_NKEY_FILE: optional(file, {
    of: ALL,
    meaning: 'file with the seed of an NKey, in place of a password',
  }),
  NATS_CA_FILE: optional(file, { of: ALL, meaning: 'whom it trusts by TLS' }),
  NATS_CERT_FILE: optional(file, { of: ALL, meaning: 'what it shows by TLS' }),
  NATS_KEY_FILE: optional(file, { of: ALL, meaning: 'and the key to it' }),
  NATS_INBOX_PREFIX: optional(text, {
    of: ALL,
    meaning: 'where it gets answers, if its user may not hear `_INBOX.>`',
    defaultSays: '`_INBOX_<user>` for a user with a password',
  }),
  PARTA_TOKEN_KEYS_FILE: optional(file, {
    of: PROCESSES,
    meaning: 'identity’s public keys (JWK set)',
    isOfImage: true,
  }),
  PARTA_TOKEN_SIGNING_KEY_FILE: optional(file, {
    of: ['identity'],
    meaning: 'identity’s private key (JWK, Ed25519)',
    isOfImage: true,
  }),
  PARTA_FIRST_OPERATOR_LOGIN: setting(text, {
    of: IDENTITY,
    meaning: 'first account, made when the region has no operator',
    otherwise: 'operator',
  }),
  PARTA_FIRST_OPERATOR_PASSWORD: optional(text, {
    of: IDENTITY,
    meaning: 'its password, ten characters or more',
    defaultSays: 'none; the demo’s in a trial',
    isSecret: true,
  }),
  PARTA_ACCESS_TOKEN_SECONDS: setting(whole(60, 3600), {
    of: IDENTITY,
    meaning: 'life of an access token, seconds',
    otherwise: 600,
  }),
  PARTA_IDLE_MINUTES: setting(whole(1, 1440), {
    of: IDENTITY,
    meaning: 'minutes without a request after which a session ends',
    otherwise: 30,
  }),
  PARTA_SESSION_DAYS: setting(whole(1, 365), {
    of: IDENTITY,
    meaning: 'days after which a session ends however much it is used',
    otherwise: 30,
  }),
  PARTA_TIME_ZONE: setting(timeZone, {
    of: CONTINGENT,
    meaning: 'time zone of schools that the roster gives none for',
    otherwise: 'Europe/Moscow',
    otherwiseAtStart: 'Asia/Yekaterinburg',
  }),
  PARTA_ROSTER_MAX_ENDED_SHARE: setting(number(0, 1), {
    of: CONTINGENT,
    meaning: 'share of each kind of record that a package may end undecided',
    otherwise: 0.05,
  }),
  PARTA_ROSTERS_WAITING: setting(whole(1, 1000), {
    of: CONTINGENT,
    meaning: 'roster packages of one sender that may be queued or under way',
    otherwise: 20,
  }),
  PARTA_SMTP_URL: optional(url('smtp', 'smtps'), {
    of: NOTIFICATIONS,
    meaning: 'mail server; without it no e-mail is sent',
    isSecret: true,
  }),
  PARTA_MAIL_FROM: optional(text, { of: NOTIFICATIONS, meaning: 'sender of e-mail' }),
  PARTA_SMTP_NAME: optional(host, {
    of: NOTIFICATIONS,
    meaning: 'how Parta names itself to the mail server (EHLO)',
    defaultSays: 'the domain of `PARTA_MAIL_FROM`',
  }),
  PARTA_SMTP_ALLOW_PLAIN: setting(flag, {
    of: NOTIFICATIONS,
    meaning: 'gives the password to a mail server on this machine without encryption',
    otherwise: false,
  }),
  PARTA_MAIL_RETURN_ADDRESS: optional(email, {
    of: NOTIFICATIONS,
    meaning: 'where letters come back to; each has a return path of its own, `name+…@domain`',
  }),
  PARTA_MAIL_RETURN_PORT: optional(port, {
    of: NOTIFICATIONS,
    meaning: 'where Parta takes letters that came back from the mail server (SMTP); not at all unless set',
  }),
  PARTA_MAIL_RETURN_HOST: setting(host, {
    of: NOTIFICATIONS,
    meaning: 'address of that port',
    otherwise: '127.0.0.1',
  }),
  PARTA_SMPP_URL: optional(url('smpp', 'ssmpp'), {
    of: NOTIFICATIONS,
    meaning: 'SMS centre; without it no SMS is sent',
    isSecret: true,
  }),
  PARTA_SMS_SENDER: optional(text, { of: NOTIFICATIONS, meaning: 'sender’s name of an SMS' }),
  PARTA_SMS_PER_SECOND: setting(number(0.01, 10_000), {
    of: NOTIFICATIONS,
    meaning: 'parts of SMS handed over in a second',
    otherwise: 10,
  }),
  PARTA_SMS_WINDOW: setting(whole(1, 1000), {
    of: NOTIFICATIONS,
    meaning: 'parts of SMS that may wait for the centre’s answer side by side',
    otherwise: 10,
  }),
  PARTA_SMS_UNKNOWN_NUMBER_ERRORS: optional(text, {
    of: NOTIFICATIONS,
    meaning: 'the SMS centre’s own error codes that mean a number is not in service, with commas',
  }),
  PARTA_NOTICE_COOL_DOWN_MINUTES: setting(whole(0, 60), {
    of: NOTIFICATIONS,
    meaning: 'minutes from an entry to the earliest departure of its notice',
    otherwise: 3,
  }),
  PARTA_PUBLIC_URL: optional(url('http', 'https'), {
    of: ['start', 'gateway', 'notifications'],
    meaning:
      'address of Parta in messages, and for regional systems in the description of the API and its OAuth metadata',
    defaultSays: '`npm start`: `http://127.0.0.1:` and `PARTA_PORT`',
  }),
  PARTA_KEEP_TEXTS_DAYS: setting(whole(7, 3650), {
    of: NOTIFICATIONS,
    meaning: 'days for which texts of messages are kept',
    otherwise: 90,
  }),
  PARTA_KEEP_MESSAGES_DAYS: setting(whole(7, 3650), {
    of: NOTIFICATIONS,
    meaning: 'days for which the log of messages is kept',
    otherwise: 400,
  }),
  PARTA_WEB_ROOT: optional(folder, {
    of: GATEWAY,
    meaning: 'folder of the built web application',
    isOfImage: true,
  }),
  PARTA_INSECURE_COOKIES: setting(flag, {
    of: GATEWAY,
    meaning: '`true`: the refresh cookie goes without Secure, for plain http',
    otherwise: false,
    otherwiseAtStart: true,
  }),
  PARTA_TRUSTED_PROXIES: setting<readonly string[]>(networks, {
    of: GATEWAY,
    meaning:
      'addresses or networks of the proxies in front, with commas: `X-Forwarded-For` counts if it comes from there; `loopback` and `uniquelocal` (private networks) are names for such',
    otherwise: [],
    defaultSays: 'none',
  }),
  PARTA_DRAIN_SECONDS: setting(whole(0, 300), {
    of: GATEWAY,
    meaning: 'how long the gateway still answers, not ready any more, when it is to stop',
    otherwise: 5,
    otherwiseAtStart: 0,
  }),
  PARTA_UPLOADS_AT_ONCE: setting(whole(1, 1000), {
    of: GATEWAY,
    meaning: 'files one account or regional system may send at once',
    otherwise: 4,
  }),
  PARTA_UPLOADS_MAX_MEGABYTES: setting(whole(1, 1_000_000), {
    of: GATEWAY,
    meaning: 'room for all files that wait in NATS',
    otherwise: 8192,
  }),
  PARTA_REQUESTS_PER_MINUTE: setting(whole(1, 100_000_000), {
    of: GATEWAY,
    meaning: 'requests of one account or regional system',
    otherwise: 1200,
  }),
  PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: setting(whole(1, 100_000_000), {
    of: GATEWAY,
    meaning: 'requests from one address: a whole school may sit behind it',
    otherwise: 12_000,
  }),
  PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS: setting(whole(1, 100_000_000), {
    of: GATEWAY,
    meaning: 'attempts from one address to sign in, accept an invitation or get a client’s token',
    otherwise: 300,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url('http', 'https'), {
    of: ALL,
    meaning: 'collector for traces (OTLP over HTTP, `…/v1/traces`)',
    defaultSays: 'off',
  }),
  OTEL_TRACES_SAMPLER_ARG: setting(number(0, 1), {
    of: ALL,
    meaning: 'share of traces kept',
    otherwise: 1,
  }),
  OTEL_BSP_SCHEDULE_DELAY: setting(whole(100, 60_000), {
    of: ALL,
    meaning: 'milliseconds after which traces are sent',
    otherwise: 2000,
  }),
};
