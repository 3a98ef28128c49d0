/** The form of a calendar date; `isRealDate` says whether there is such a day. */
export const CALENDAR_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The form of an instant, ISO 8601 with offset. */
export const INSTANT =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has this day. By arithmetic: `Date` would move 30 February to March. */
export function isRealDate(text: string): boolean {
  if (!CALENDAR_DATE.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const isLeapDay = month === 2 && day === 29 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0);
  return year > 0 && (isLeapDay || day <= DAYS_IN_MONTH[month - 1]!);
}

/** Whether the text is an instant on a day that the calendar has. */
export const isInstant = (text: string): boolean => INSTANT.test(text) && isRealDate(text.slice(0, 10));

/** Whether a date or instant lies in the years that a school's records are about. */
export function isWithinCenturies(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= 1900 && year <= 2199;
}
