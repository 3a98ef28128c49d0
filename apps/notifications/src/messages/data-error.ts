/** Classes of SQLSTATE that no repeating mends: data exception, integrity constraint violation. */
const OF_THE_DATA = /^2[23]/;

/** Whether PostgreSQL refuses the values themselves, so that the same statement will never succeed. */
export function isDataError(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && OF_THE_DATA.test(code)) return true;
  return cause instanceof Error && isDataError(cause);
}
