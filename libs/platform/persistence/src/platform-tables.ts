import { Migration } from '@mikro-orm/migrations';

/** When a parked fact was given up, by whom and why. */
const DISCARDING = [
  'discarded_at timestamptz',
  'discarded_by uuid',
  'discarded_by_name text',
  'discard_reason text',
];

/** A migration for schemas whose facts could not be given up. */
export function parkedFactsCanBeDiscarded(schema: string): new (...args: never[]) => Migration {
  class ParkedFactsCanBeDiscarded extends Migration {
    override up(): void {
      this.addSql(
        `alter table "${schema}".parked_facts ${DISCARDING.map((column) => `add column if not exists ${column}`).join(', ')}`,
      );
    }
  }
  return ParkedFactsCanBeDiscarded;
}

/**
 * The tables that messaging and rpc keep in each service's schema: outbox, inbox, parked facts, answered commands.
 * They hold messages in transit, are read by the platform alone, and so are not under row-level security. Rows come in the
 * order of their time and are removed by it, so block ranges serve there: a B-tree would cost each of them an entry.
 */
export function platformTables(schema: string): string[] {
  const s = `"${schema}"`;
  return [
    `create table ${s}.outbox (
      position bigint generated always as identity primary key,
      id uuid not null,
      subject text not null,
      envelope text not null,
      created_at timestamptz not null default now(),
      published_at timestamptz
    )`,
    `create index outbox_unpublished on ${s}.outbox (position) where published_at is null`,
    `create index outbox_published on ${s}.outbox using brin (published_at)`,
    `create table ${s}.inbox (
      consumer text not null,
      fact_id uuid not null,
      handled_at timestamptz not null default now(),
      primary key (consumer, fact_id)
    )`,
    `create index inbox_age on ${s}.inbox using brin (handled_at)`,
    `create table ${s}.parked_facts (
      consumer text not null,
      stream_sequence bigint not null,
      fact_id uuid,
      school_id uuid,
      aggregate_id text not null,
      subject text not null,
      envelope text not null,
      reason text not null,
      attempts int not null,
      parked_at timestamptz not null default now(),
      ${DISCARDING.join(', ')},
      primary key (consumer, stream_sequence)
    )`,
    `create index parked_facts_aggregate on ${s}.parked_facts (consumer, aggregate_id)`,
    `create table ${s}.answered_commands (
      actor text not null,
      key text not null,
      operation text not null,
      request_hash text not null,
      answer text,
      answered_at timestamptz not null default now(),
      primary key (actor, key)
    )`,
    `create index answered_commands_age on ${s}.answered_commands using brin (answered_at)`,
  ];
}
