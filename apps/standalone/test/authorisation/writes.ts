import type { Client } from 'pg';

/** The platform's own bookkeeping of messages that go through. */
const IN_TRANSIT = ['inbox', 'outbox'];

/** Watches every table of the services: whatever a call writes can be told afterwards. */
export class Writes {
  private constructor(private readonly admin: Client) {}

  static async watch(admin: Client, schemas: readonly string[]): Promise<Writes> {
    await admin.query(`create table public.writes (id bigserial, place text not null)`);
    await admin.query(`create function public.note_write() returns trigger language plpgsql security definer as
      $$ begin insert into public.writes (place) values (tg_table_schema || '.' || tg_table_name || ' ' || tg_op); return null; end $$`);
    const { rows } = await admin.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema = any ($1) and table_type = 'BASE TABLE'`,
      [schemas],
    );
    for (const { schema, name } of rows) {
      const events = IN_TRANSIT.includes(name) ? 'insert' : 'insert or update or delete';
      await admin.query(
        `create trigger note_write after ${events} on "${schema}"."${name}" for each row execute function public.note_write()`,
      );
    }
    return new Writes(admin);
  }

  /** The places written to since this was asked last. */
  async taken(): Promise<string[]> {
    const { rows } = await this.admin.query<{ place: string }>('delete from public.writes returning place');
    return [...new Set(rows.map((row) => row.place))];
  }
}
