import { describe, expect, it } from '@jest/globals';
import { TimeoutError } from '@nats-io/transport-node';
import type { ArgumentsHost } from '@nestjs/common';
import { NotFound } from '@parta/platform-errors';
import type { Logger } from '@parta/platform-observability';
import { ProblemFilter } from './problem.filter.js';

/** What is answered upon an error. */
function answerTo(error: unknown): { status: number; code: string } {
  const answer = { status: 0, code: '' };
  const reply = {
    status(status: number) {
      answer.status = status;
      return reply;
    },
    header: () => reply,
    send(body: string) {
      answer.code = (JSON.parse(body) as { code: string }).code;
    },
  };
  const request = { id: '1', url: '/api/v1/me', routeOptions: { url: '/api/v1/me' } };
  const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) };
  new ProblemFilter({ error() {} } as unknown as Logger).catch(error, host as unknown as ArgumentsHost);
  return answer;
}

describe('an error', () => {
  it.each([
    ['of the domain keeps its code', new NotFound('person.not-found', '…'), 404, 'person.not-found'],
    ['of a NATS that is away asks to come again', new TimeoutError(), 503, 'service.unavailable'],
    ['nobody has thought of is a failure', new Error('broken'), 500, 'service.failure'],
  ])('%s', (_rule, error, status, code) => {
    expect(answerTo(error)).toEqual({ status, code });
  });
});
