import type { IncomingMessage } from 'node:http';
import { bodyTypesOf, type Operation } from '@parta/platform-contract';
import type { FastifyInstance } from 'fastify';
import { hasBody } from './bodies.js';
import { routeOf } from './operation-controllers.js';
import { answerBrokenRequest } from './problem.filter.js';

/** For how long a request may be on its way, in milliseconds. */
export interface Patience {
  /** until the headers are there */
  headersMs: number;
  /** until the body of a command is there; the largest has some 256 KiB */
  bodyMs: number;
  /** in each such time a file has to bring `LEAST_BYTES` */
  uploadMs: number;
  /** until a request is there as a whole, a file of 256 MiB too */
  wholeMs: number;
}

export const USUAL_PATIENCE: Patience = {
  headersMs: 15_000,
  bodyMs: 20_000,
  uploadMs: 15_000,
  wholeMs: 30 * 60_000,
};

/** What the slowest of lines brings: 4 KiB a second. */
const LEAST_BYTES_A_SECOND = 4096;

/** Options of the server: headers and requests that do not come to an end are answered with 408 and closed. */
export const timesOf = ({ headersMs, wholeMs }: Patience) => ({
  requestTimeout: wholeMs,
  http: {
    headersTimeout: headersMs,
    connectionsCheckingInterval: Math.min(5000, headersMs),
  },
});

/**
 * Closes connections whose body does not come: a command's that is not whole in time, a file's that trickles. What waits because this
 * side does not read is left alone, and so are answers that go on for long, such as live updates.
 */
export function endSlowBodies(
  fastify: FastifyInstance,
  operations: readonly Operation[],
  { bodyMs, uploadMs }: Patience,
): void {
  const uploads = new Set(operations.filter(({ http }) => http?.upload).map(routeOf));
  const others = new Set(operations.filter((one) => bodyTypesOf(one).length > 0).map(routeOf));
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = `${request.method} ${request.routeOptions.url}`;
    if (hasBody(request)) {
      if (uploads.has(route)) watchFile(request.raw, uploadMs);
      else watchBody(request.raw, others.has(route) ? bodyMs : Math.min(bodyMs, uploadMs));
    }
    done();
  });
}

function watchBody(request: IncomingMessage, patienceMs: number): void {
  const timer = setTimeout(() => giveUp(request), patienceMs);
  untilItIsOver(request, () => clearTimeout(timer));
}

function watchFile(request: IncomingMessage, windowMs: number): void {
  const { socket } = request;
  const least = (LEAST_BYTES_A_SECOND * windowMs) / 1000;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const isOurs = request.readableLength >= request.readableHighWaterMark;
    if (!isOurs && socket.bytesRead - before < least) giveUp(request);
    before = socket.bytesRead;
  }, windowMs);
  untilItIsOver(request, () => clearInterval(timer));
}

function untilItIsOver(request: IncomingMessage, stop: () => void): void {
  request.once('end', stop);
  request.once('close', stop);
}

function giveUp(request: IncomingMessage): void {
  if (request.complete) return;
  const late = Object.assign(new Error('the body did not come'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  // Whoever reads the body learns that it has ended in the middle, when the answer is out.
  request.socket.once('finish', () => request.destroy(late));
  request.socket.once('close', () => request.destroy(late));
  answerBrokenRequest(late, request.socket);
}
