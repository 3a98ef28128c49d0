import { createParamDecorator, SetMetadata, applyDecorators, type ExecutionContext } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Operation } from '@parta/platform-contract';
import type { Actor } from './actor.js';
import type { RpcRequest } from './wire.js';

export const OPERATION = Symbol.for('parta:operation');

export interface HandlingOptions {
  /**
   * 'platform': the operation runs in one transaction that the platform opens, under the caller's schools.
   * 'own': the use case opens its own units of work, because part of it must last even when it is refused (counting
   * failed sign-ins) or must not hold a connection (hashing).
   */
  unitOfWork: 'platform' | 'own';
}

export interface Handling extends HandlingOptions {
  operation: Operation;
}

/** Marks the method of a use case that answers an operation. */
export function Handles(
  operation: Operation,
  options: HandlingOptions = { unitOfWork: 'platform' },
): MethodDecorator {
  const handling: Handling = { operation, ...options };
  // The key and its answer are kept in the platform's transaction; whoever repeats a command has to know.
  if (
    operation.kind === 'command' &&
    (options.unitOfWork === 'own') !== (operation.idempotencyKey === 'ignored')
  )
    throw new Error(
      `${operation.name}: 'own' units of work go with an idempotencyKey that is 'ignored', and only they do`,
    );
  return applyDecorators(SetMetadata(OPERATION, handling), MessagePattern(operation.subject));
}

/** The validated input of the operation. */
export const Input = (): ParameterDecorator => Payload();

/** Circumstances of a call that a few use cases need (sessions keep the address). */
export interface CallContext {
  actor: Actor | null;
  request: RpcRequest;
}

const callOf = (context: ExecutionContext): CallContext =>
  (context.switchToRpc().getContext() as unknown as { partaCall: CallContext }).partaCall;

/** The calling actor; null only for operations that anyone may call. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null => callOf(context).actor,
);

/** The call's circumstances. */
export const Call = createParamDecorator((_: unknown, context: ExecutionContext): CallContext =>
  callOf(context),
);
