import {
  Controller,
  HttpCode,
  Inject,
  Req,
  RequestMapping,
  RequestMethod,
  Res,
  SetMetadata,
  UseGuards,
  type Type,
} from '@nestjs/common';
import type { Operation } from '@parta/platform-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from './access.guard.js';
import { Dispatcher } from './dispatcher.js';

export const OPERATION = Symbol.for('parta:gateway-operation');

/** The path of a route as Nest and Fastify write it. */
const pathOf = (operation: Operation): string => operation.http!.path.replace(/\{(\w+)\}/g, ':$1');

/** Method and path of an operation, as `request.method` and `request.routeOptions.url` say them. */
export const routeOf = (operation: Operation): string => `${operation.http!.method} ${pathOf(operation)}`;

/** A Nest controller for each operation, made from its contract: the routes are not written a second time. */
export function controllersFor(operations: readonly Operation[]): Type[] {
  return operations.map(controllerFor);
}

function controllerFor(operation: Operation): Type {
  const http = operation.http!;
  class OperationController {
    constructor(private readonly dispatcher: Dispatcher) {}

    handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      return this.dispatcher.dispatch(operation, request, reply);
    }
  }
  Object.defineProperty(OperationController, 'name', { value: `${operation.service}.${operation.name}` });
  const descriptor = Object.getOwnPropertyDescriptor(OperationController.prototype, 'handle')!;
  const decorate = (...decorators: MethodDecorator[]): void =>
    decorators.forEach((decorator) => decorator(OperationController.prototype, 'handle', descriptor));
  decorate(
    RequestMapping({ method: RequestMethod[http.method], path: pathOf(operation) }),
    HttpCode(http.status ?? 200),
    SetMetadata(OPERATION, operation),
    UseGuards(AccessGuard),
  );
  Req()(OperationController.prototype, 'handle', 0);
  Res({ passthrough: true })(OperationController.prototype, 'handle', 1);
  Inject(Dispatcher)(OperationController, undefined, 0);
  Controller()(OperationController);
  return OperationController;
}
