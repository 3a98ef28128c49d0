/** What the service is told about its region. */
export class ContingentSettings {
  constructor(
    /** IANA time zone of schools that the roster gives none for */
    readonly defaultTimeZone: string,
    /** share (0–1) of active student enrolments that a package may end without a person's decision */
    readonly maxEndedShare: number,
    /** packages of one submitter that may be queued or under way */
    readonly maxRostersWaiting: number,
  ) {}
}
