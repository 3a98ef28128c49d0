import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Door, OPERATOR } from './security/door.js';

const POLICY =
  "default-src 'self';script-src 'self';script-src-attr 'none';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;font-src 'self' data:;object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'";

/** What every answer carries, besides what is about its content and this one request. */
const ON_EVERYTHING = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const OF_THE_CONTENT = [
  'accept-ranges',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'transfer-encoding',
  'vary',
  'x-accel-buffering',
];
const OF_THE_REQUEST = [
  'x-correlation-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'set-cookie',
];

describe('headers', () => {
  const webRoot = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-web-`));
  let door: Door;
  let token: string;

  beforeAll(async () => {
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Парта</title>');
    writeFileSync(join(webRoot, 'assets', 'app-1.js'), 'export {};');
    door = await Door.open({ secureCookies: true, webRoot });
    token = String((await door.signIn(OPERATOR.login, OPERATOR.password)).body.accessToken);
  }, 60_000);
  afterAll(async () => {
    await door?.close();
    rmSync(webRoot, { recursive: true, force: true });
  }, 60_000);

  it.each([
    ['the page', '/', 200, 'no-cache'],
    ['a deep link', '/journal/7', 200, 'no-cache'],
    ['an asset', '/assets/app-1.js', 200, 'public, max-age=31536000, immutable'],
    ['the API’s description', '/api/openapi.json', 200, undefined],
    ['an answer', '/api/v1/me', 200, 'private, no-cache'],
    ['a refusal', '/api/v1/people', 400, 'no-store'],
    ['an unknown route', '/api/v1/nothing', 404, 'no-store'],
  ])('are the same on %s', async (_, path, status, cached) => {
    const answer = await fetch(door.gateway.url + path, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    const headers = Object.fromEntries(answer.headers);
    expect([answer.status, headers['cache-control']]).toEqual([status, cached]);
    for (const name of [...OF_THE_CONTENT, ...OF_THE_REQUEST]) delete headers[name];
    expect(headers).toEqual(ON_EVERYTHING);
  });

  it('are on the live updates, which go past everything', async () => {
    const abort = new AbortController();
    const answer = await fetch(`${door.gateway.url}/api/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    const headers = Object.fromEntries(answer.headers);
    abort.abort();
    for (const name of [...OF_THE_CONTENT, ...OF_THE_REQUEST]) delete headers[name];
    expect(headers).toEqual(ON_EVERYTHING);
  });

  it('forbid nothing that the page needs: it has no script of its own in it', () => {
    const page = readFileSync(join(import.meta.dirname, '../../web/index.html'), 'utf8');
    const scripts = [...page.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes, content] of scripts) {
      expect(attributes).toMatch(/\bsrc="\//);
      expect(content).toBe('');
    }
    expect(page).not.toMatch(/\son\w+=/);
  });
});
