import { Controller, type Type } from '@nestjs/common';
import {
  parkedFactOperationsOf,
  type Nothing,
  type ParkedFactsView,
  type ParkedFactToDiscard,
  type ParkedFactToRedrive,
  type RedrivenFacts,
} from '@parta/platform-contract';
import { NotFound } from '@parta/platform-errors';
import { ParkedFacts, type ParkedFactsScope } from '@parta/platform-messaging';
import type { Actor } from './actor.js';
import { Caller, Handles, Input } from './handles.js';

/** The controller with which a service shows what it has put aside, and tries it again or gives it up. */
export function parkedFactsControllerOf(service: string): Type {
  const { list, redrive, discard } = parkedFactOperationsOf(service);

  @Controller()
  class ParkedFactsController {
    constructor(private readonly parked: ParkedFacts) {}

    @Handles(list, { unitOfWork: 'own' })
    async list(@Caller() actor: Actor): Promise<ParkedFactsView> {
      const { facts, hasMore } = await this.parked.list(scopeOf(actor));
      return { facts: facts.map((fact) => ({ service, ...fact })), unreachable: [], hasMore };
    }

    @Handles(redrive, { unitOfWork: 'own' })
    async redrive(
      @Input() { consumer, aggregateId }: ParkedFactToRedrive,
      @Caller() actor: Actor,
    ): Promise<RedrivenFacts> {
      const handled = await this.parked.redrive(consumer, aggregateId, scopeOf(actor));
      if (handled === 0)
        throw new NotFound('messaging.parked-fact-not-found', 'nothing of this is put aside');
      return { handled };
    }

    @Handles(discard, { unitOfWork: 'own' })
    async discard(
      @Input() { reason, ...which }: ParkedFactToDiscard,
      @Caller() actor: Actor,
    ): Promise<Nothing> {
      if (!(await this.parked.discard(which, { by: actor, reason }, scopeOf(actor))))
        throw new NotFound('messaging.parked-fact-not-found', 'nothing of this is put aside');
      return {};
    }
  }
  return ParkedFactsController;
}

function scopeOf(actor: Actor): ParkedFactsScope {
  return actor.has(['regional-operator']) ? 'region' : { schools: actor.schools(['administrator']) };
}
