import type { components } from './generated/schema';

type Problem = components['schemas']['Problem'];
export type FieldProblem = NonNullable<Problem['fields']>[number];

/** Any refusal of the API, or the lack of an answer (`status` 0). Texts for people are found by `code`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fields: FieldProblem[] = [],
    readonly details: Record<string, unknown> = {},
    readonly correlationId: string | null = null,
  ) {
    super(`${status} ${code}`);
    this.name = 'ApiError';
  }

  /** Trying the same again later may help: no answer, or the service is not ready. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  static unreachable(): ApiError {
    return new ApiError(0, navigator.onLine === false ? 'network.offline' : 'network.unreachable');
  }

  static async from(response: Response): Promise<ApiError> {
    return ApiError.of(
      response.status,
      await response.text().catch(() => ''),
      response.headers.get('x-correlation-id'),
    );
  }

  static of(status: number, body: string, correlationId: string | null): ApiError {
    const problem = parse(body);
    return new ApiError(
      status,
      problem?.code ?? `http.${status}`,
      problem?.fields,
      problem?.details,
      problem?.correlationId ?? correlationId,
    );
  }
}

function parse(body: string): Partial<Problem> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Partial<Problem>) : null;
  } catch {
    return null;
  }
}

export const hasCode = (error: unknown, ...codes: string[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);
