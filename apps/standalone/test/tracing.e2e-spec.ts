import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { diaryMigrations, diaryService } from '@parta/diary';
import type { RunningGateway } from '@parta/gateway';
import { journalMigrations, journalService } from '@parta/journal';
import { startService, type RunningService } from '@parta/platform-rpc';
import { eventually, openTestBed, type TestBed } from '@parta/platform-testing';
import { gatewayOn } from './gateway-on.js';
import { tellSchoolOfOneLesson, type SchoolOfOneLesson } from './school-of-one-lesson.js';

interface Span {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
}
interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: Omit<Span, 'service'>[] }[];
  }[];
}
const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

const spans: Span[] = [];
let collector: Server;
let bed: TestBed;
let gateway: RunningGateway;
let services: RunningService[];
let school: SchoolOfOneLesson;

beforeAll(async () => {
  collector = createServer((request, response) => {
    void text(request).then((body) => {
      for (const { resource, scopeSpans } of (JSON.parse(body) as OtlpRequest).resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue;
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span) => ({ ...span, service })));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as { port: number }).port}`;
  process.env.OTEL_BSP_SCHEDULE_DELAY = '100';
  bed = await openTestBed([journalMigrations, diaryMigrations]);
  school = await tellSchoolOfOneLesson(bed.bus, 1);
  services = await Promise.all(
    [journalService(), diaryService()].map((definition) =>
      startService(definition, bed.surroundingsOf(definition.name)),
    ),
  );
  gateway = await gatewayOn(bed.natsUrl, bed.keys);
}, 90_000);

afterAll(async () => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  delete process.env.OTEL_BSP_SCHEDULE_DELAY;
  await gateway?.stop();
  for (const service of services ?? []) await service.stop();
  await bed?.close();
  collector?.close();
});

/** The span of that name with its known ancestors, the outermost first. */
function pathOf(traceId: string, name: string): Span[] {
  const path: Span[] = [];
  let at = spans.find((span) => span.traceId === traceId && span.name === name);
  while (at) {
    path.unshift(at);
    const { parentSpanId } = at;
    at = spans.find((span) => span.traceId === traceId && span.spanId === parentSpanId);
  }
  return path;
}

function childrenOf(parent: Span | undefined): string[] {
  return spans.filter((span) => parent && span.parentSpanId === parent.spanId).map((span) => span.name);
}

it('keeps one trace from the door through the bus, the database and the outbox to the diary', async () => {
  const { schoolId, teacherId, lessonId, pupils } = school;
  const token = await bed.keys.tokenOf([{ role: 'teacher', schoolId, personId: teacherId }]);
  const traceId = randomUUID().replaceAll('-', '');
  const caller = 'a1b2c3d4e5f60718';
  const record = (): Promise<Response> =>
    fetch(`${gateway.url}/api/v1/journal/lessons/${lessonId}/entries`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        traceparent: `00-${traceId}-${caller}-01`,
      },
      body: JSON.stringify({
        entries: [{ kind: 'mark', studentId: pupils[0], value: '5', cellVersion: 0 }],
      }),
    });
  // The journal hears of the lesson a moment after its start.
  await eventually(async () => expect((await record()).status).toBe(200), { timeoutMs: 30_000 });

  // Each process exports its spans in its own time: the door's may come after the diary's.
  const pathToDiary = [
    { service: 'parta-gateway', name: 'POST /api/v1/journal/lessons/{lessonId}/entries', kind: SERVER },
    { service: 'parta-gateway', name: 'journal record-entries', kind: CLIENT },
    { service: 'parta-journal', name: 'journal record-entries', kind: SERVER },
    { service: 'parta-journal', name: 'publish journal.lesson.entries-recorded.v1', kind: PRODUCER },
    { service: 'parta-diary', name: 'handle journal.lesson.entries-recorded.v1', kind: CONSUMER },
  ];
  await eventually(
    () => {
      const path = pathOf(traceId, 'handle journal.lesson.entries-recorded.v1');
      expect(path.map(({ service, name, kind }) => ({ service, name, kind }))).toEqual(pathToDiary);
      expect(path[0]!.parentSpanId).toBe(caller);
      expect(childrenOf(path.at(-1))).toContain('diary insert');
      expect(childrenOf(path[2])).toEqual(
        expect.arrayContaining(['journal begin', 'journal insert', 'journal commit']),
      );
      return Promise.resolve();
    },
    { timeoutMs: 30_000 },
  );
  expect(spans.filter((span) => span.traceId === traceId && span.kind === CONSUMER)).toHaveLength(1);
}, 90_000);
