import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Door, OPERATOR } from './security/door.js';
import { ON_EVERYTHING, securityHeadersOf } from './security/headers.js';

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
    ['the API’s description', '/api/openapi.json', 200, 'no-cache'],
    ['an answer', '/api/v1/me', 200, 'private, no-cache'],
    ['a refusal', '/api/v1/people', 400, 'no-store'],
    ['an unknown route', '/api/v1/nothing', 404, 'no-store'],
  ])('are the same on %s', async (_, path, status, cached) => {
    const answer = await fetch(door.gateway.url + path, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, cached ?? null]);
    expect(securityHeadersOf(answer)).toEqual(ON_EVERYTHING);
  });

  it('are on the live updates, which go past everything', async () => {
    const abort = new AbortController();
    const answer = await fetch(`${door.gateway.url}/api/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    abort.abort();
    expect(securityHeadersOf(answer)).toEqual(ON_EVERYTHING);
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
