import { Injectable } from '@nestjs/common';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';
import type { DataFileName, PackageSource, RosterIssue } from '../package/roster-package.js';
import type { ClaimedJob } from '../roster-jobs.js';

/** A sending system. Its sourcedIds are its own: two systems may use the same and mean different records. */
export interface RosterSource {
  id: string;
  code: string;
  /** the client whose system it is; null while only people have pushed its packages */
  clientId: string | null;
}

/** The sending systems and what they have delivered. */
@Injectable()
export class RosterSources {
  constructor(private readonly database: Database) {}

  /** The source that a manifest names, recorded if new. A package without a name belongs to its submitter's own source. */
  async of(named: PackageSource, submitter: ClaimedJob['submitter']): Promise<RosterSource> {
    const own = submitter.kind === 'client' ? `client:${submitter.id}` : 'operators';
    const code = named.sourceSystemCode ?? named.sourceSystemName ?? own;
    const source = await this.database.write(NO_SCHOOL, () =>
      this.database.row<RosterSource>(sql`
        with fresh as (
          insert into roster_sources (id, code) values (${uuidv7()}, ${code}) on conflict (code) do nothing
          returning id, code, client_id)
        select id, code, client_id as "clientId" from fresh
        union all select id, code, client_id from roster_sources where code = ${code}`),
    );
    return source ?? this.of(named, submitter);
  }

  /** The issue of a package whose manifest names another client's system, if it does. */
  foreign(source: RosterSource, submitter: ClaimedJob['submitter']): RosterIssue | null {
    if (submitter.kind !== 'client' || !source.clientId || source.clientId === submitter.id) return null;
    return {
      file: 'manifest.csv',
      row: null,
      field: 'source.systemCode',
      code: 'manifest.foreign_source',
      message: `Данные системы «${source.code}» передаёт другой клиент. Укажите в manifest.csv код своей системы.`,
    };
  }

  /** Remembers whose system it is; within the unit of work that applies the client's first package. */
  async claim(source: RosterSource, submitter: ClaimedJob['submitter']): Promise<void> {
    if (submitter.kind !== 'client' || source.clientId) return;
    await this.database.run(
      sql`update roster_sources set client_id = ${submitter.id} where id = ${source.id} and client_id is null`,
    );
  }

  /** Which of these records the source has delivered before, ended ones included: a delta may well speak of them. */
  async known(source: RosterSource, file: DataFileName, sourcedIds: string[]): Promise<Set<string>> {
    const rows = await this.database.read({ schools: [source.id] }, () =>
      this.database.rows<{ sourced_id: string }>(sql`
        select sourced_id from source_records
        where source_id = ${source.id} and entity = ${file} and sourced_id = any (${sourcedIds})`),
    );
    return new Set(rows.map((row) => row.sourced_id));
  }
}
