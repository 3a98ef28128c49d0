import { Injectable } from '@nestjs/common';
import { Database, NO_SCHOOL, sql, type SqlFragment } from '@parta/platform-persistence';
import { CORRECTABLE_HOURS } from '../notices/news.js';
import { NotificationsSettings } from '../notifications.settings.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/**
 * A version is kept from before its fact is too old to be heeded: a copy or an older version of the same fact that comes
 * after that is dropped for its age, so that nobody is told twice. The days on top are for clocks that disagree.
 */
const VERSIONS_KEPT_HOURS = CORRECTABLE_HOURS + 4 * DAY_HOURS;
/** A code is counted for a day (how many were asked for), however short it is good for. */
const CODES_KEPT_HOURS = DAY_HOURS;
/** Centres give ids out again; receipts come within days. */
const SMS_PARTS_KEPT_HOURS = 30 * DAY_HOURS;
const EARLY_RECEIPTS_KEPT_HOURS = 7 * DAY_HOURS;

const BATCH = 500;

/** Forgets what nobody needs any more, a batch in a transaction, so that nothing waits for it. Consents are kept. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly settings: NotificationsSettings,
  ) {}

  /** @returns how many rows were deleted or emptied */
  async tidySchool(schoolId: string, now: Date): Promise<number> {
    const { textDays, messageDays } = this.settings.keep;
    const isOfSchool = sql`school_id = ${schoolId}`;
    const before = (hours: number): string => new Date(now.getTime() - hours * HOUR_MS).toISOString();
    const messagesBefore = before(messageDays * DAY_HOURS);
    const inBatches = (statement: SqlFragment): Promise<number> => this.inBatches([schoolId], statement);
    return (
      (await inBatches(sql`
        with old as (select id from messages where ${isOfSchool} and created_at < ${messagesBefore} and state <> 'sending'
            and useful_until < ${now.toISOString()} order by created_at limit ${BATCH} for update skip locked),
          notices_gone as (delete from notices n using old where n.school_id = ${schoolId} and n.message_id = old.id),
          parts_gone as (delete from sms_parts p using old where p.message_id = old.id),
          unqueued as (delete from queue q using old where q.message_id = old.id)
        delete from messages m using old where m.school_id = ${schoolId} and m.id = old.id`)) +
      (await inBatches(sql`
        update messages set subject = null, text = null, html = null where ${isOfSchool} and id in (
          select id from messages where ${isOfSchool} and text is not null and created_at < ${before(textDays * DAY_HOURS)}
            and not state in ('waiting', 'sending') order by created_at limit ${BATCH} for update skip locked)`)) +
      // What a lesson's homework was says whether another fact about it is news; see JournalFacts.
      (await inBatches(sql`
        delete from known_versions where ${isOfSchool} and aggregate_id in (
          select aggregate_id from known_versions where ${isOfSchool} and age_from < ${before(VERSIONS_KEPT_HOURS)}
            and (content is null or age_from < ${messagesBefore}) limit ${BATCH} for update skip locked)`)) +
      (await inBatches(sql`
        delete from contact_codes where ${isOfSchool} and id in (
          select id from contact_codes where ${isOfSchool} and expires_at < ${before(CODES_KEPT_HOURS)}
            limit ${BATCH} for update skip locked)`))
    );
  }

  /** What is read across schools: ids and receipts of short messages, letters that may come back, counts of codes. */
  async tidyAcrossSchools(now: Date): Promise<number> {
    const before = (hours: number): string => new Date(now.getTime() - hours * HOUR_MS).toISOString();
    return (
      (await this.inBatches(
        [],
        sql`delete from sms_parts where (message_id, part) in (select message_id, part from sms_parts
          where submitted_at < ${before(SMS_PARTS_KEPT_HOURS)} limit ${BATCH} for update skip locked)`,
      )) +
      (await this.inBatches(
        [],
        sql`delete from early_receipts where (provider_id, address_hash) in (select provider_id, address_hash
          from early_receipts where received_at < ${before(EARLY_RECEIPTS_KEPT_HOURS)} limit ${BATCH} for update skip locked)`,
      )) +
      (await this.inBatches(
        [],
        sql`delete from mail_returns where message_id in (select message_id from mail_returns
          where sent_at < ${before(SMS_PARTS_KEPT_HOURS)} limit ${BATCH} for update skip locked)`,
      )) +
      (await this.inBatches(
        [],
        sql`delete from codes_sent where (address_hash, code_id) in (select address_hash, code_id
          from codes_sent where sent_at < ${before(CODES_KEPT_HOURS)} limit ${BATCH} for update skip locked)`,
      ))
    );
  }

  /** Schools whose clock shows the hour. */
  async schoolsAt(hour: number, now: Date): Promise<string[]> {
    const found = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ school_id: string }>(sql`
        select school_id from schools
        where extract(hour from ${now.toISOString()}::timestamptz at time zone time_zone) = ${hour}::int`),
    );
    return found.map((row) => row.school_id);
  }

  private async inBatches(schools: readonly string[], statement: SqlFragment): Promise<number> {
    for (let total = 0; ;) {
      const touched = await this.database.write({ schools }, () => this.database.run(statement));
      total += touched;
      if (touched < BATCH) return total;
    }
  }
}
