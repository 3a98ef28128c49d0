import type { StudentRecordedV1 } from './facts.js';

interface PersonName {
  familyName: string;
  givenName: string;
  middleName: string | null;
}

/** «Иванов Пётр Сергеевич» */
export const fullName = ({ familyName, givenName, middleName }: PersonName): string =>
  [familyName, givenName, middleName].filter(Boolean).join(' ');

/**
 * A student's enrolments as rows of the table that each service with a copy of them keeps. One without a beginning has
 * always been there, so that a query compares dates only.
 */
export const enrolmentRows = ({ enrolments }: StudentRecordedV1) =>
  enrolments.map(({ groupId, from, to }) => ({
    group_id: groupId,
    from_date: from ?? '-infinity',
    to_date: to,
  }));
