import { Injectable } from '@nestjs/common';
import type { Actor } from '@parta/platform-rpc';
import { Database, sql } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';

export type AccountEvent =
  | 'signed-in'
  | 'sign-in-failed'
  | 'locked-out'
  | 'signed-out'
  | 'refresh-token-reused'
  | 'account-opened'
  | 'person-joined'
  | 'password-changed'
  | 'password-reset'
  | 'blocked'
  | 'unblocked'
  | 'role-granted'
  | 'role-revoked'
  | 'client-registered'
  | 'client-blocked'
  | 'client-unblocked';

export interface EventCircumstances {
  at: Date;
  accountId?: string | null;
  schoolId?: string | null;
  personId?: string | null;
  by?: Actor | null;
  address?: string | null;
  reason?: string | null;
}

/** The record of who did what to which account, and from where (R18). Rows are only ever added. */
@Injectable()
export class AccountEvents {
  constructor(private readonly database: Database) {}

  /** Within the running unit of work; what was done is not committed without its record. */
  record(what: AccountEvent, about: EventCircumstances): void {
    this.database.send(sql`
      insert into account_events (id, at, what, account_id, school_id, person_id, by_account_id, by_name, address, reason)
      values (${uuidv7()}, ${about.at}, ${what}, ${about.accountId ?? null}, ${about.schoolId ?? null},
        ${about.personId ?? null}, ${about.by?.id ?? null}, ${about.by?.name ?? null}, ${about.address ?? null},
        ${about.reason ?? null})`);
  }
}
