import { Conflict, DomainError, NotFound } from '@parta/platform-errors';

/** No such report, or none this actor may see: who is not allowed is not told that there is one. */
export const reportNotFound = (): NotFound =>
  new NotFound('reporting.report-not-found', 'no such report among those this actor may see');

export const reportUnfinished = (): Conflict =>
  new Conflict('reporting.report-unfinished', 'the report is not made, or not yet');

export const reportFinished = (): Conflict =>
  new Conflict('reporting.report-finished', 'the report has come to its end already');

/** Lessons or pupils are missing: the sheet would be empty. */
export const nothingToPrint = (): DomainError =>
  new DomainError('invalid', 'reporting.nothing-to-print', 'there is nothing to print between these dates');
