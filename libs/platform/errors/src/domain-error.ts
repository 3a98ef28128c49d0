/** What went wrong, in the few kinds that every edge knows how to show. The gateway maps a kind to an HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'too-many'
  | 'unavailable';

/** The HTTP status of each kind. */
export const HTTP_STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
};

/** The URI of a problem's type and its title: both belong to the code, never to what happened (RFC 9457, 3.1). */
export const problemType = (code: string): { type: string; title: string } => {
  const words = code.slice(code.indexOf('.') + 1).replaceAll('-', ' ');
  return { type: `urn:parta:error:${code}`, title: words.charAt(0).toUpperCase() + words.slice(1) };
};

/** One wrong field of a command: `field` is a path such as `entries[3].mark`, `code` is stable within the field's rules. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** A DomainError as it travels between services and, as problem+json, to the client. */
export interface PlainError {
  code: string;
  kind: ErrorKind;
  message: string;
  fields?: FieldError[];
  details?: Record<string, unknown>;
}

/**
 * A broken rule. `code` is stable and public («journal.mark-period-locked»): clients translate by it.
 * `message` is for engineers and logs, in English. `details` hold what a client needs to explain the
 * refusal (a deadline, the current version) and must not hold what the actor may not see.
 */
export class DomainError extends Error {
  readonly fields?: FieldError[];
  readonly details?: Record<string, unknown>;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    extra: { fields?: FieldError[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: extra.cause });
    this.name = new.target.name;
    this.fields = extra.fields;
    this.details = extra.details;
  }

  toPlain(): PlainError {
    const { code, kind, message, fields, details } = this;
    return { code, kind, message, ...(fields && { fields }), ...(details && { details }) };
  }

  static fromPlain(plain: PlainError): DomainError {
    return new DomainError(plain.kind, plain.code, plain.message, plain);
  }

  /** Recognises a DomainError in whatever crossed a wire or a realm: by shape, not by prototype. */
  static isPlain(value: unknown): value is PlainError {
    return (
      typeof value === 'object' &&
      value !== null &&
      typeof (value as PlainError).code === 'string' &&
      typeof (value as PlainError).kind === 'string'
    );
  }
}

/** The input broke its contract; `fields` say where. */
export class InvalidInput extends DomainError {
  constructor(fields: FieldError[], code = 'request.invalid') {
    super('invalid', code, fields.map((f) => `${f.field}: ${f.message}`).join('; ') || 'invalid input', {
      fields,
    });
  }
}

/** Nobody is signed in, or the token is not valid any more. */
export class Unauthenticated extends DomainError {
  constructor(code = 'access.unauthenticated', message = 'sign-in is required') {
    super('unauthenticated', code, message);
  }
}

/** The actor is known and may not do this. */
export class Forbidden extends DomainError {
  constructor(
    code = 'access.forbidden',
    message = 'this actor may not do this',
    details?: Record<string, unknown>,
  ) {
    super('forbidden', code, message, { details });
  }
}

/** No such record among those the actor may see. */
export class NotFound extends DomainError {
  constructor(code: string, message: string) {
    super('not-found', code, message);
  }
}

/** The record has changed since the actor read it, or the rule of uniqueness is broken. */
export class Conflict extends DomainError {
  constructor(code: string, message: string, details?: Record<string, unknown>) {
    super('conflict', code, message, { details });
  }
}
