import type { Type } from '@nestjs/common';
import {
  openService,
  Written,
  type Actor,
  type ServiceDefinition,
  type ServiceSurroundings,
} from '@parta/platform-rpc';
import type { PoolClient } from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}

type Query = { name?: string; text?: string; values?: unknown[] };

/**
 * The very statements that a query of the service sends, without its transaction, so that the yardstick answers from the
 * same SQL whatever becomes of it.
 */
export async function capture(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
  controller: string,
  calls: readonly { input: object; actor: Actor }[],
): Promise<{ statements: Statement[][]; answers: object[] }> {
  const service = await openService(definition, surroundings);
  const statements: Statement[][] = [];
  const answers: object[] = [];
  let heard: Statement[] = [];
  service.database.pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const { text, values } = (args[0] ?? {}) as Query;
      if (text && values) heard.push({ text, values });
      return query(...args);
    }) as PoolClient['query'];
  });
  try {
    const controllers = Reflect.getMetadata('controllers', definition.module) as Type<{
      execute(input: object, actor: Actor): Promise<object>;
    }>[];
    const useCase = service.get(controllers.find((type) => type.name === controller)!);
    for (const { input, actor } of calls) {
      heard = [];
      const answer: object = await service.database.read({ schools: actor.schools() }, () =>
        useCase.execute(input, actor),
      );
      answers.push(answer instanceof Written ? (JSON.parse(answer.json) as object) : answer);
      statements.push(heard);
    }
  } finally {
    await service.close();
  }
  return { statements, answers };
}
