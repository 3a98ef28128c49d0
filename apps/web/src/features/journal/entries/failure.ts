import type { CellView } from './types';

/** As much of an ApiError as the queue has to know. */
export interface SendFailure {
  status: number;
  code: string;
  details?: Record<string, unknown>;
}

export const failureOf = (error: unknown): SendFailure =>
  typeof error === 'object' && error !== null && 'status' in error && 'code' in error
    ? (error as SendFailure)
    : { status: 0, code: 'network.unreachable' };

/** Trying the same again may help: no answer, a fault of the server, too many requests, or nobody signed in now. */
export const mayHeal = ({ status, code }: SendFailure): boolean =>
  status === 0 ||
  status >= 500 ||
  status === 429 ||
  status === 401 ||
  status === 408 ||
  code.startsWith('access.');

const LONGEST_MS = 30_000;

export function retryDelay({ details }: SendFailure, attempts: number): number {
  const asked = Number(details?.retryAfter);
  if (asked > 0) return Math.min(asked, 120) * 1000;
  return Math.min(LONGEST_MS, 1000 * 2 ** (attempts - 1));
}

export const cellsOf = ({ details }: SendFailure): CellView[] =>
  Array.isArray(details?.cells) ? (details.cells as CellView[]) : [];

export const studentsOf = ({ details }: SendFailure): string[] =>
  Array.isArray(details?.studentIds) ? (details.studentIds as string[]) : [];
