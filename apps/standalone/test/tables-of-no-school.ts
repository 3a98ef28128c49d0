/**
 * What becomes of a table that is not a school's when the tables are distributed by school (docs/adr/0014): `local` stays on the
 * coordinator alone; `reference` is copied to every node, because rows of schools refer to it.
 */
export interface TableOfNoSchool {
  citus: 'local' | 'reference';
  why: string;
}

const local = (why: string): TableOfNoSchool => ({ citus: 'local', why });
const reference = (why: string): TableOfNoSchool => ({ citus: 'reference', why });

/** In each service's schema: messages in transit, read by the platform alone. */
export const PLATFORM_TABLES: Readonly<Record<string, TableOfNoSchool>> = {
  outbox: local('one relay publishes in the order of one sequence; facts of the region have no school'),
  inbox: local('a fact is known by its id before anybody asks whose it is'),
  parked_facts: local(
    'a fact that cannot be read has no school; what is parked is looked up by its aggregate',
  ),
  answered_commands: local('a key is the caller’s, who may have several schools or none'),
  migrations: local('of the schema'),
};

/** The few tables that are not a school's, each with its reason. Whoever adds one says why it cannot be. */
export const TABLES_OF_NO_SCHOOL: Readonly<Record<string, TableOfNoSchool>> = {
  'identity.accounts': reference('a person of several schools has one account; rows of schools refer to it'),
  'identity.account_people': reference('answers who an account is, in whichever schools, at sign-in'),
  'identity.sessions': local('of an account, found by what the browser brings'),
  'identity.sign_in_failures': local('of a login, which may not exist'),
  'identity.sign_in_attempts': local('of a login, which may not exist'),
  'identity.account_events': local('of an account; the school is a note beside it'),
  'identity.clients': local('systems of the region'),
  'identity.person_locations': local('answers in which school a person is'),
  'identity.invitation_codes': local('answers whose code this is, of one who has not signed in'),

  'contingent.roster_jobs': local('a package is of the region: it brings many schools'),
  'contingent.roster_job_errors': local('of a package'),
  'contingent.roster_sources': local('systems of the region'),
  'contingent.source_records': local(
    'a system’s records as it gave them; which school they are of is found out',
  ),
  'contingent.school_directory': local('answers which school a system means'),
  'contingent.published_records': local(
    'versions and hashes; a package is compared with those of all its schools',
  ),

  'notifications.queue': local('a dispatcher takes what is due next, whose ever it is'),
  'notifications.sms_parts': local('a receipt names the SMS centre’s id, not the school'),
  'notifications.early_receipts': local('a receipt names the SMS centre’s id, not the school'),
  'notifications.codes_sent': local('counts the codes to an address, from whichever school'),
  'notifications.contact_addresses': local('answers whose number or mailbox this is, at whichever schools'),
  'notifications.mail_returns': local('answers whose letter has come back'),
  'notifications.return_keys': local('the key of signed return paths, one for the installation'),
  'notifications.unsubscribe_tokens': local('answers whose link this is, of one who has not signed in'),

  'reporting.report_queue': local('a worker takes the report that waits longest, whose ever it is'),
};
