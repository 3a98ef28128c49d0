const TRANSIENT_STATES = ['08', '53', '57P', '58030', '40001', '40P01', '55P03', '25006'];
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECTION_CLOSED',
]);

/** The driver says these without a code. */
const TRANSIENT_WORDS =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect|server closed the connection/i;

/** Whether the same work may well succeed later: lost connections, shutdowns, deadlocks, a full disk. */
export function isTransient(error: unknown): boolean {
  for (
    let e = error as { code?: unknown; message?: string; cause?: unknown } | undefined;
    e;
    e = e.cause as typeof e
  ) {
    if (typeof e.code === 'string') {
      const code = e.code;
      if (TRANSIENT_CODES.has(code) || TRANSIENT_STATES.some((prefix) => code.startsWith(prefix)))
        return true;
    }
    if (TRANSIENT_WORDS.test(e.message ?? '')) return true;
  }
  return false;
}
