import { Injectable } from '@nestjs/common';
import {
  DiscardParkedFact,
  discardParkedFact,
  listParkedFacts,
  parkedFactOperationsOf,
  parseMessage,
  redriveParkedFact,
  RedriveParkedFact,
  type Operation,
  type ParkedFactsView,
  type RedrivenFacts,
} from '@parta/platform-contract';
import { DomainError, NotFound } from '@parta/platform-errors';
import { RpcClient, type CallCircumstances } from '@parta/platform-rpc';
import { services } from './operations.js';

const OF_ALL_SERVICES = new Set([
  listParkedFacts.subject,
  redriveParkedFact.subject,
  discardParkedFact.subject,
]);

/** Who answers an operation: the service that owns it, or, for the few about all services, each of them. */
@Injectable()
export class Calls {
  constructor(private readonly rpc: RpcClient) {}

  /** The answer, for what the gateway itself has to read in it. */
  call(operation: Operation, input: object, about: CallCircumstances): Promise<object> {
    switch (operation.subject) {
      case listParkedFacts.subject:
        return this.listParkedFacts(about);
      case redriveParkedFact.subject:
        return this.redriveParkedFact(parseMessage(RedriveParkedFact, input), about);
      case discardParkedFact.subject:
        return this.discardParkedFact(parseMessage(DiscardParkedFact, input), about);
      default:
        return this.rpc.call(operation, input, about);
    }
  }

  /** The answer to be handed on: as the service wrote it, unless several services make it. */
  answer(operation: Operation, input: object, about: CallCircumstances): Promise<object> {
    return OF_ALL_SERVICES.has(operation.subject)
      ? this.call(operation, input, about)
      : this.rpc.callUnread(operation, input, about);
  }

  private async listParkedFacts(about: CallCircumstances): Promise<ParkedFactsView> {
    const answers = await Promise.all(
      services.map((service) =>
        this.rpc.call(parkedFactOperationsOf(service).list, {}, about).catch((error: unknown) => {
          if (error instanceof DomainError && error.kind === 'unavailable') return service;
          throw error;
        }),
      ),
    );
    const views = answers.filter((answer) => typeof answer !== 'string');
    return {
      facts: views
        .flatMap((view) => view.facts)
        .sort((a, b) => (a.parkedAt < b.parkedAt ? -1 : a.parkedAt > b.parkedAt ? 1 : 0)),
      unreachable: answers.filter((answer) => typeof answer === 'string'),
      hasMore: views.some((view) => view.hasMore),
    };
  }

  private redriveParkedFact(
    { service, consumer, aggregateId }: RedriveParkedFact,
    about: CallCircumstances,
  ): Promise<RedrivenFacts> {
    return this.rpc.call(operationsOf(service).redrive, { consumer, aggregateId }, about);
  }

  private discardParkedFact(
    { service, consumer, position, reason }: DiscardParkedFact,
    about: CallCircumstances,
  ): Promise<object> {
    return this.rpc.call(operationsOf(service).discard, { consumer, position, reason }, about);
  }
}

function operationsOf(service: string): ReturnType<typeof parkedFactOperationsOf> {
  if (!services.includes(service))
    throw new NotFound('operations.unknown-service', `there is no service ${service}`);
  return parkedFactOperationsOf(service);
}
