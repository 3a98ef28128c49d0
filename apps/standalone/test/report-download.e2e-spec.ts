import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPORT_FILES } from '@parta/contracts-reporting';
import type { RunningGateway } from '@parta/gateway';
import { FileStore } from '@parta/platform-messaging';
import { startServiceBench, type ServiceBench } from '@parta/platform-testing';
import { reportingMigrations, reportingService } from '@parta/reporting';
import { gatewayOn } from './gateway-on.js';
import { ON_EVERYTHING, securityHeadersOf } from './security/headers.js';

/** Larger than a message of the bus, so that it travels in pieces. */
const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
const NAME = 'Журнал 7А «Алгебра», II четверть.xlsx';

describe('a report through the gateway', () => {
  const school = randomUUID();
  let bench: ServiceBench;
  let gateway: RunningGateway;
  let files: FileStore;
  let director: string;

  beforeAll(async () => {
    bench = await startServiceBench(reportingService(), reportingMigrations);
    files = await FileStore.open(bench.bus, REPORT_FILES.bucket, REPORT_FILES.keepDays);
    gateway = await gatewayOn(bench.bus.nats.getServer(), bench.keys, { secureCookies: true });
    director = await tokenIn(school);
  }, 60_000);

  afterAll(async () => {
    await gateway?.stop();
    await bench?.stop();
  }, 30_000);

  const tokenIn = (schoolId: string) => bench.keys.tokenOf([{ role: 'director', schoolId, personId: null }]);
  const made = async (fileId: string): Promise<string> => {
    const id = randomUUID();
    await bench.admin.query(
      `insert into report_jobs (school_id, id, kind, class_id, title, from_date, to_date, state, progress, ordered_by,
        ordered_by_name, ordered_at, correlation_id, finished_at, expires_at, file_id, file_name, size)
      values ($1, $2, 'class-progress', $3, '7А', '2026-11-02', '2026-12-30', 'done', 100, $3, 'Директорова', now(), 'test',
        now(), now() + interval '1 day', $4, $5, $6)`,
      [school, id, randomUUID(), fileId, NAME, CONTENT.length],
    );
    return id;
  };
  const ask = (id: string, token: string | null) =>
    fetch(`${gateway.url}/api/v1/reports/${id}/file`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });

  it('comes as a file with its name, whole', async () => {
    const { id: fileId } = await files.put(Readable.from([CONTENT]), CONTENT.length);
    const answer = await ask(await made(fileId), director);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(REPORT_FILES.contentType);
    expect(answer.headers.get('content-length')).toBe(String(CONTENT.length));
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(securityHeadersOf(answer)).toEqual(ON_EVERYTHING);
    const disposition = answer.headers.get('content-disposition')!;
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+\.xlsx"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(NAME);
    expect(Buffer.from(await answer.arrayBuffer()).equals(CONTENT)).toBe(true);
  });

  it('is a problem like any other when it is refused or gone', async () => {
    const id = await made(randomUUID());
    for (const [token, status, code] of [
      [null, 401, 'access.unauthenticated'],
      [await tokenIn(randomUUID()), 404, 'reporting.report-not-found'],
      [director, 410, 'request.file-gone'],
    ] as const) {
      const answer = await ask(id, token);
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('is described as a file', async () => {
    const description = (await (await fetch(`${gateway.url}/api/openapi.json`)).json()) as {
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    };
    const { content } = description.paths['/api/v1/reports/{id}/file']!.get.responses['200']!;
    expect(content).toEqual({ [REPORT_FILES.contentType]: { schema: { type: 'string', format: 'binary' } } });
  });
});
