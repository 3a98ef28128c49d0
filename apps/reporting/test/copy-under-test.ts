import { randomUUID } from 'node:crypto';
import { handleFact, type Reaction } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import { createTestDatabase, type ServiceBench, type TestDatabase } from '@parta/platform-testing';
import { reportingMigrations } from '../src/reporting.js';
import { subscriptions } from '../src/integration/subscriptions.js';

/** The service's copy of the school on a real database; facts are handled at once, as a consumer would. */
export class CopyUnderTest {
  private constructor(
    readonly database: Database,
    private readonly test: TestDatabase,
    private readonly reactions: Reaction[],
  ) {}

  static async open(): Promise<CopyUnderTest> {
    const test = await createTestDatabase(reportingMigrations);
    const database = await Database.open({
      service: 'reporting',
      url: test.urls.reporting!.runtime,
      entities: [],
    });
    return new CopyUnderTest(
      database,
      test,
      subscriptions(<T>() => database as T),
    );
  }

  readonly publish: ServiceBench['publish'] = async (fact, { schoolId, aggregateId, version }, data) => {
    const id = randomUUID();
    await this.database.write({ schools: schoolId ? [schoolId] : [] }, () =>
      handleFact(
        this.reactions.find((reaction) => reaction.fact.type === fact.type)!,
        {
          id,
          type: fact.type,
          version: fact.version,
          source: fact.service,
          schoolId,
          aggregateId,
          aggregateVersion: version,
          occurredAt: new Date().toISOString(),
          actor: null,
          correlationId: id,
          causationId: null,
          data,
        },
      ),
    );
  };

  async close(): Promise<void> {
    await this.database.close();
    await this.test.drop();
  }
}
