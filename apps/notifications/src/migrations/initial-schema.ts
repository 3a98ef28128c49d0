import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';

const SCHEMA = 'notifications';

const DIRECTORY = {
  classes: `school_id uuid not null, id uuid not null, title text not null, version int not null, primary key (school_id, id)`,
  students: `school_id uuid not null, id uuid not null, family_name text not null, given_name text not null, class_id uuid,
    version int not null, primary key (school_id, id)`,
  enrolments: `school_id uuid not null, student_id uuid not null, group_id uuid not null, from_date date not null,
    to_date date, primary key (school_id, student_id, group_id, from_date)`,
  guardians: `school_id uuid not null, id uuid not null, name text not null, email text, phone text, is_active boolean not null,
    version int not null, primary key (school_id, id)`,
  guardian_children: `school_id uuid not null, student_id uuid not null, guardian_id uuid not null,
    primary key (school_id, student_id, guardian_id)`,
};

const CHOICES = {
  choices: `school_id uuid not null, person_id uuid not null, student_id uuid not null, kind text not null,
    channel text not null, delivery text not null, primary key (school_id, student_id, person_id, kind, channel)`,
  choice_versions: `school_id uuid not null, person_id uuid not null, student_id uuid not null, version int not null,
    primary key (school_id, student_id, person_id)`,
  hours: `school_id uuid not null, person_id uuid not null, quiet_from text not null, quiet_to text not null,
    digest_at text not null, primary key (school_id, person_id)`,
  contacts: `school_id uuid not null, person_id uuid not null, channel text not null, address text not null,
    state text not null, opened_at timestamptz not null, changed_at timestamptz not null, undelivered_in_a_row int not null default 0,
    unsubscribe_token text not null, primary key (school_id, person_id, channel)`,
  contact_codes: `school_id uuid not null, id uuid not null, person_id uuid not null, channel text not null,
    address text not null, code_hash text not null, attempts int not null default 0, created_at timestamptz not null,
    expires_at timestamptz not null, used_at timestamptz, primary key (school_id, id)`,
  consents: `school_id uuid not null, id uuid not null, person_id uuid not null, account_id uuid, channel text not null,
    address text not null, event text not null, how text not null, text_version text not null, text text not null,
    at timestamptz not null, ip_address text, user_agent text, primary key (school_id, id)`,
};

const MESSAGES = {
  known_versions: `school_id uuid not null, aggregate_id text not null, version int not null, content text,
    primary key (school_id, aggregate_id)`,
  messages: `school_id uuid not null, id uuid not null, person_id uuid not null, channel text not null, kind text not null,
    key text not null, address text not null, state text not null, due_at timestamptz not null, useful_until timestamptz not null, created_at timestamptz not null,
    subject text, text text, html text, parts int not null default 0, attempts int not null default 0, problem text,
    has_begun boolean not null default false, submitted_at timestamptz, settled_at timestamptz, primary key (school_id, id), unique (school_id, person_id, channel, key)`,
  notices: `school_id uuid not null, id uuid not null, message_id uuid not null, person_id uuid not null, channel text not null,
    student_id uuid not null, kind text not null, subject_key text not null, event_key text not null, content jsonb not null,
    occurred_at timestamptz not null, primary key (school_id, id), unique (school_id, person_id, channel, event_key)`,
};

/**
 * Tables without a row of a person, read across schools: which message is due next, whose SMS a receipt is about, whose
 * link was clicked. What they point at is under row-level security.
 */
const ACROSS_SCHOOLS = {
  schools: `school_id uuid primary key, name text not null, time_zone text not null, version int not null`,
  queue: `message_id uuid primary key, school_id uuid not null, channel text not null, due_at timestamptz not null,
    claimed_at timestamptz`,
  sms_parts: `message_id uuid not null, part int not null, school_id uuid not null, provider_id text not null,
    address_hash text not null, state text, error text, submitted_at timestamptz not null, primary key (message_id, part)`,
  early_receipts: `provider_id text not null, address_hash text not null, state text not null, error text,
    received_at timestamptz not null, primary key (provider_id, address_hash)`,
  unsubscribe_tokens: `token_hash text primary key, school_id uuid not null, person_id uuid not null`,
};

const INDEXES = [
  'create index enrolments_of_group on enrolments (school_id, group_id)',
  'create index children_of_guardian on guardian_children (school_id, guardian_id)',
  'create index codes_of_person on contact_codes (school_id, person_id, channel, created_at)',
  'create index consents_of_school on consents (school_id, at)',
  'create index messages_of_school on messages (school_id, created_at)',
  'create index notices_of_message on notices (school_id, message_id)',
  'create index notices_of_subject on notices (school_id, subject_key)',
  'create index queue_due on queue (channel, due_at) where claimed_at is null',
  'create index queue_claimed on queue (channel) where claimed_at is not null',
  'create index sms_parts_provider on sms_parts (provider_id)',
  'create index unsubscribe_tokens_person on unsubscribe_tokens (school_id, person_id)',
];

/** Addresses, choices, consents and messages of families. */
export class NotificationsInitialSchema extends Migration {
  override up(): void {
    const ofSchools = { ...DIRECTORY, ...CHOICES, ...MESSAGES };
    for (const statement of [
      ...platformTables(SCHEMA),
      ...Object.entries({ ...ACROSS_SCHOOLS, ...ofSchools }).map(
        ([name, columns]) => `create table ${name} (${columns})`,
      ),
      ...INDEXES,
      ...Object.keys(ofSchools).flatMap((table) => enableRowLevelSecurity(SCHEMA, table)),
    ]) {
      this.addSql(statement);
    }
  }
}
