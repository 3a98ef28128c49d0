import { bodyTypesOf, type Operation } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routeOf } from './operation-controllers.js';

/** Levels of objects and lists in a JSON body; the deepest command has five. */
const DEEPEST = 32;

/**
 * Refuses bodies by what their operation takes: another media type before anything of the body is read, whatever its size; JSON
 * that is nested too deep before it is worked on.
 * @throws DomainError (from the hooks) `request.unsupported-media-type`, `request.malformed`
 */
export function checkBodies(fastify: FastifyInstance, operations: readonly Operation[]): void {
  const typesAt = new Map(operations.map((operation) => [routeOf(operation), bodyTypesOf(operation)]));
  fastify.addHook('onRequest', (request, _reply, done) => {
    const types = typesAt.get(`${request.method} ${request.routeOptions.url}`);
    done(types && hasBody(request) && !types.includes(mediaTypeOf(request)) ? notTaken(types) : undefined);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    done(isDeeper(request.body) ? tooDeep() : undefined);
  });
}

/** Whether a request says that it has a body. */
export const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

const mediaTypeOf = ({ headers }: FastifyRequest): string =>
  headers['content-type']?.split(';')[0]!.trim().toLowerCase() ?? '';

const notTaken = (types: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'request.unsupported-media-type',
    types.length > 0 ? `the body has to be ${types.join(' or ')}` : 'no body is taken here',
  );

const tooDeep = (): DomainError =>
  new DomainError('invalid', 'request.malformed', `the body is nested deeper than ${DEEPEST} levels`);

/** Level by level, without a call for each: what is nested deep must not fill the stack here either. */
function isDeeper(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.filter(isCollection).flatMap((value) => Object.values(value));
    if (level.length === 0) return false;
  }
  return level.some(isCollection);
}

/** Plain ones: the body of an upload is a stream. */
const isCollection = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null));
