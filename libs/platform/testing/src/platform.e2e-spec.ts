import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { Migration } from '@mikro-orm/migrations';
import {
  defineCommand,
  defineFact,
  defineQuery,
  Id,
  ListOfText,
  roles,
  Text,
  Whole,
  parkedFactOperationsOf,
} from '@parta/platform-contract';
import { Conflict, DomainError } from '@parta/platform-errors';
import { Bus, on, Outbox } from '@parta/platform-messaging';
import { Database, enableRowLevelSecurity, platformTables, sql } from '@parta/platform-persistence';
import { createTestDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { testServers } from './servers.js';
import { createTestKeys, type TestKeys } from './tokens.js';
import { Client } from 'pg';
import {
  Actor,
  Caller,
  Handles,
  Input,
  RpcClient,
  startService,
  type RunningService,
} from '@parta/platform-rpc';

const SERVICE = `sample${process.pid}`;

class PutNote {
  @Id() noteId: string;
  @Text({ max: 20 }) text: string;
  @Whole({ min: 1, max: 1_000_000, optional: true }) times?: number;
}
class Note {
  @Id() noteId: string;
  @Text({ max: 20_000_000 }) text: string;
}
class Notes {
  @ListOfText({ max: 100 }) texts: string[];
}
class NoNotes {}

const putNote = defineCommand({
  service: SERVICE,
  name: 'put-note',
  access: roles({ teacher: 'own schools' }),
  input: PutNote,
  output: Note,
  summary: 'x',
});
const listNotes = defineQuery({
  service: SERVICE,
  name: 'list-notes',
  access: roles({ teacher: 'own schools' }),
  input: NoNotes,
  output: Notes,
  summary: 'x',
});
const notePut = defineFact({ service: SERVICE, aggregate: 'note', fact: 'put', data: Note, summary: 'x' });

class InitialSchema extends Migration {
  override up(): void {
    const s = `"${SERVICE}"`;
    for (const statement of [
      ...platformTables(SERVICE),
      `create table ${s}.notes (school_id uuid not null, id uuid not null, text text not null, primary key (school_id, id))`,
      ...enableRowLevelSecurity(SERVICE, 'notes'),
      `create table ${s}.heard (school_id uuid not null, note_id uuid not null, text text not null)`,
    ])
      this.addSql(statement);
  }
}

@Controller()
class NotesController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  @Handles(putNote)
  async put(@Input() input: PutNote, @Caller() actor: Actor): Promise<Note> {
    const [schoolId] = actor.schools();
    const text = input.text.repeat(input.times ?? 1);
    const written = await this.database.run(sql`
      insert into notes (school_id, id, text) values (${schoolId}, ${input.noteId}, ${text}) on conflict do nothing`);
    if (written === 0) throw new Conflict('note.exists', 'there is such a note');
    this.outbox.record(
      notePut,
      { schoolId: schoolId!, aggregateId: input.noteId, aggregateVersion: 1 },
      { noteId: input.noteId, text },
    );
    return { noteId: input.noteId, text: input.text };
  }

  @Handles(listNotes)
  async list(): Promise<Notes> {
    const rows = await this.database.rows<{ text: string }>(sql`select text from notes order by text`);
    return { texts: rows.map((row) => row.text) };
  }
}

let poisonIsHealed = false;

@Module({ controllers: [NotesController] })
class SampleModule {}

describe('the platform under a service', () => {
  let database: TestDatabase;
  let keys: TestKeys;
  let service: RunningService;
  let bus: Bus;
  let client: RpcClient;
  let admin: Client;
  const schoolA = crypto.randomUUID();
  const schoolB = crypto.randomUUID();
  let teacherA: string;
  let teacherB: string;

  beforeAll(async () => {
    database = await createTestDatabase({ service: SERVICE, migrations: [InitialSchema] });
    keys = await createTestKeys();
    teacherA = await keys.tokenOf([{ role: 'teacher', schoolId: schoolA, personId: crypto.randomUUID() }]);
    teacherB = await keys.tokenOf([{ role: 'teacher', schoolId: schoolB, personId: crypto.randomUUID() }]);
    service = await startService(
      {
        name: SERVICE,
        module: SampleModule,
        entities: [],
        hears: [SERVICE],
        subscriptions: (get) => [
          on(notePut, async (note, envelope) => {
            if (note.text === 'poison' && !poisonIsHealed)
              throw new DomainError('invalid', 'sample.poison', 'cannot be handled');
            await get(Database).run(
              sql`insert into heard values (${envelope.schoolId}, ${note.noteId}, ${note.text})`,
            );
          }),
        ],
      },
      {
        databaseUrl: database.urls[SERVICE]!.runtime,
        natsUrl: testServers().natsUrl,
        tokenKeys: keys.keySet,
      },
    );
    bus = await Bus.connect(testServers().natsUrl, 'test');
    client = new RpcClient(bus.nats);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    await bus?.manager.streams.delete(`EVT_${SERVICE}`);
    await bus?.close();
    await admin?.end();
    await database?.drop();
  });

  const heard = async (text: string): Promise<number> =>
    (await admin.query(`select 1 from "${SERVICE}".heard where text = $1`, [text])).rowCount ?? 0;

  it('carries a command to its service and its fact to the consumer, once', async () => {
    const noteId = crypto.randomUUID();
    await expect(client.call(putNote, { noteId, text: 'first' }, { token: teacherA })).resolves.toEqual({
      noteId,
      text: 'first',
    });
    await eventually(async () => expect(await heard('first')).toBe(1));
  });

  it('answers a bad payload with the fields that are wrong', async () => {
    await expect(client.call(putNote, { noteId: 'no', extra: 1 }, { token: teacherA })).rejects.toMatchObject(
      {
        code: 'request.invalid',
        fields: expect.arrayContaining([
          expect.objectContaining({ field: 'noteId', code: 'format' }),
          expect.objectContaining({ field: 'text', code: 'required' }),
          expect.objectContaining({ field: 'extra', code: 'unknown-field' }),
        ]),
      },
    );
  });

  it('refuses without a token, with a foreign one and without the role', async () => {
    const note = { noteId: crypto.randomUUID(), text: 'x' };
    const foreign = await (
      await createTestKeys()
    ).tokenOf([{ role: 'teacher', schoolId: schoolA, personId: null }]);
    const student = await keys.tokenOf([{ role: 'student', schoolId: schoolA, personId: null }]);
    await expect(client.call(putNote, note)).rejects.toMatchObject({ code: 'access.unauthenticated' });
    await expect(client.call(putNote, note, { token: foreign })).rejects.toMatchObject({
      code: 'access.token-invalid',
    });
    await expect(client.call(putNote, note, { token: student })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });

  it('shows one school’s rows to that school only, whatever the query says', async () => {
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'of A' }, { token: teacherA });
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'of B' }, { token: teacherB });
    expect((await client.call(listNotes, {}, { token: teacherB })).texts).toEqual(['of B']);
    await expect(client.call(listNotes, {}, { token: teacherB, school: schoolA })).rejects.toMatchObject({
      code: 'access.another-school',
    });
    const role = new Client({ connectionString: database.urls[SERVICE]!.runtime });
    await role.connect();
    expect((await role.query(`select * from "${SERVICE}".notes`)).rowCount).toBe(0);
    await expect(
      role.query(`insert into "${SERVICE}".notes values ($1, $1, 'x')`, [schoolA]),
    ).rejects.toThrow(/row-level security/);
    await expect(role.query(`alter table "${SERVICE}".notes disable row level security`)).rejects.toThrow(
      /must be owner/,
    );
    await role.end();
  });

  /** @returns a command of somebody else, always under the same key */
  const repeated = async (): Promise<(text: string) => Promise<Note>> => {
    const noteId = crypto.randomUUID();
    const token = await keys.tokenOf([{ role: 'teacher', schoolId: schoolA, personId: null }], {
      accountId: crypto.randomUUID(),
    });
    return (text) => client.call(putNote, { noteId, text }, { token, idempotencyKey: 'key-00001' });
  };

  it('answers a repeated command as before, and refuses its key for another', async () => {
    const call = await repeated();
    const both = await Promise.all([call('once'), call('once')]);
    expect(both[0]).toEqual(both[1]);
    await eventually(async () => expect(await heard('once')).toBe(1));
    await expect(call('twice')).rejects.toMatchObject({ code: 'request.idempotency-key-reused' });
  });

  it('does not answer a repeated command by its own change while it cannot look up that it was done', async () => {
    const call = await repeated();
    const answer = await call('done');
    const access = (verb: string) =>
      admin.query(`${verb} "${new URL(database.urls[SERVICE]!.runtime).username}"`);
    await access(`revoke select on "${SERVICE}".answered_commands from`);
    await expect(call('done')).rejects.toMatchObject({ kind: 'unavailable' });
    await access(`grant select on "${SERVICE}".answered_commands to`);
    expect(await call('done')).toEqual(answer);
  });

  it('parks a fact that cannot be handled, goes on with the others, and redrives it', async () => {
    const poisoned = crypto.randomUUID();
    await client.call(putNote, { noteId: poisoned, text: 'poison' }, { token: teacherA });
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'after' }, { token: teacherA });
    await eventually(async () => expect(await heard('after')).toBe(1));
    const { list, redrive } = parkedFactOperationsOf(SERVICE);
    const person = { personId: null };
    const operator = await keys.tokenOf([{ role: 'regional-operator', schoolId: null, ...person }]);
    const administrator = await keys.tokenOf([{ role: 'administrator', schoolId: schoolA, ...person }]);
    const stranger = await keys.tokenOf([{ role: 'administrator', schoolId: schoolB, ...person }]);
    const [fact] = await eventually(async () => {
      const { facts } = await client.call(list, {}, { token: administrator });
      expect(facts).toHaveLength(1);
      return facts;
    });
    expect(fact).toMatchObject({
      service: SERVICE,
      aggregateId: poisoned,
      schoolId: schoolA,
      reason: expect.stringContaining('cannot be handled'),
    });
    expect((await client.call(list, {}, { token: operator })).facts).toEqual([fact]);
    expect((await client.call(list, {}, { token: stranger })).facts).toEqual([]);
    await expect(client.call(list, {}, { token: teacherA })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    const again = { consumer: fact!.consumer, aggregateId: poisoned };
    await expect(client.call(redrive, again, { token: stranger })).rejects.toMatchObject({
      code: 'messaging.parked-fact-not-found',
    });
    await expect(client.call(redrive, again, { token: administrator })).rejects.toMatchObject({
      code: 'messaging.still-failing',
    });
    poisonIsHealed = true;
    expect(await client.call(redrive, again, { token: administrator })).toEqual({ handled: 1 });
    expect(await heard('poison')).toBe(1);
    expect((await client.call(list, {}, { token: operator })).facts).toEqual([]);
  });

  it('refuses a command whose fact no stream would take, and keeps nothing of it', async () => {
    const noteId = crypto.randomUUID();
    await expect(
      client.call(putNote, { noteId, text: 'я', times: 900_000 }, { token: teacherA }),
    ).rejects.toMatchObject({ kind: 'too-large', code: 'messaging.fact-too-large' });
    expect((await admin.query(`select 1 from "${SERVICE}".notes where id = $1`, [noteId])).rowCount).toBe(0);
  });

  it('puts aside a fact that can never be published, and publishes what comes after it', async () => {
    const noteId = crypto.randomUUID();
    const type = `${SERVICE}.note.put.v1`;
    const envelope = JSON.stringify({
      ...{
        id: crypto.randomUUID(),
        type,
        version: 1,
        source: SERVICE,
        schoolId: schoolA,
        aggregateId: noteId,
      },
      ...{ aggregateVersion: 1, occurredAt: new Date().toISOString(), actor: null, correlationId: noteId },
      ...{ causationId: null, data: { noteId, text: 'я'.repeat(1_000_000) } },
    });
    // As a version before, which knew no bound, has left it.
    await admin.query(`insert into "${SERVICE}".outbox (id, subject, envelope) values ($1, $2, $3)`, [
      crypto.randomUUID(),
      `evt.${type}.${schoolA}`,
      envelope,
    ]);
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'behind it' }, { token: teacherA });
    await eventually(async () => expect(await heard('behind it')).toBe(1));
    const administrator = await keys.tokenOf([{ role: 'administrator', schoolId: schoolA, personId: null }]);
    const { list, redrive } = parkedFactOperationsOf(SERVICE);
    const aside = async () => (await client.call(list, {}, { token: administrator })).facts;
    await eventually(async () =>
      expect(await aside()).toEqual([
        expect.objectContaining({ consumer: 'outbox', aggregateId: noteId, type: `${SERVICE}.note.put.v1` }),
      ]),
    );
    // Whoever has it published again before the bound is raised finds it put aside anew.
    const again = { consumer: 'outbox', aggregateId: noteId };
    expect(await client.call(redrive, again, { token: administrator })).toEqual({ handled: 1 });
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'once more' }, { token: teacherA });
    await eventually(async () => expect(await heard('once more')).toBe(1));
    await eventually(async () => expect(await aside()).toHaveLength(1));
  });

  it('answers with more than one message of the bus can hold', async () => {
    const texts: string[] = [];
    for (const letter of ['а', 'б', 'в']) {
      texts.push(letter.repeat(300_000));
      await client.call(
        putNote,
        { noteId: crypto.randomUUID(), text: letter, times: 300_000 },
        { token: teacherB },
      );
    }
    expect((await client.call(listNotes, {}, { token: teacherB })).texts).toEqual(
      expect.arrayContaining(texts),
    );
  });

  it('handles a fact delivered twice once', async () => {
    const before = await admin.query(
      `select envelope, subject from "${SERVICE}".outbox order by position limit 1`,
    );
    await bus.jetStream.publish(before.rows[0].subject as string, before.rows[0].envelope as string);
    await client.call(putNote, { noteId: crypto.randomUUID(), text: 'marker' }, { token: teacherA });
    await eventually(async () => expect(await heard('marker')).toBe(1));
    expect(await heard('first')).toBe(1);
  });
});
