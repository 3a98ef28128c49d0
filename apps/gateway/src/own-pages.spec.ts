import { describe, expect, it } from '@jest/globals';
import { onlyFromOwnPages } from './own-pages.js';

const from = (headers: Record<string, string>) => () =>
  onlyFromOwnPages({ headers: { host: 'journal.example', ...headers } } as Parameters<
    typeof onlyFromOwnPages
  >[0]);
const refused = expect.objectContaining({ code: 'access.cross-site', kind: 'forbidden' });

describe('requests with the refresh cookie', () => {
  it.each([
    [{}],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://journal.example' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'http://journal.example' }],
  ])('are taken with %j', (headers) => {
    expect(from(headers as Record<string, string>)).not.toThrow();
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://other.example' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://journal.example' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://journal.example.evil.example' }],
  ])('are refused with %j', (headers) => {
    expect(from(headers as Record<string, string>)).toThrow(refused as unknown as Error);
  });
});
