import type { ErrorKind } from '@parta/platform-errors';
import type { Access } from './access.js';
import { Id, Text, Whole } from './fields.js';
import type { Constructor } from './schema.js';

/** The media types of forms. */
export const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'] as const;
export type FormType = (typeof FORM_TYPES)[number];

export interface HttpRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** with `{name}` placeholders; placeholders, query and body make one input object */
  path: string;
  /** 200 unless said */
  status?: number;
  /**
   * The refresh token travels in an httpOnly cookie, never in the body: 'opens' sets it from the answer's
   * `refreshToken`, 'uses' puts it into the input and sets the new one, 'closes' puts it into the input and clears it.
   */
  refreshCookie?: 'opens' | 'uses' | 'closes';
  /** `device` travels in an httpOnly cookie, both ways: browsers in which somebody has signed in before. */
  deviceCookie?: true;
  /**
   * The body is a file: the gateway stores it and gives the operation an `UploadedFile` in its place.
   */
  upload?: {
    contentType: string;
    maxBytes: number;
    /** the service reads it after its answer, and throws it away itself */
    isReadLater?: true;
  };
  /** Forms that the body may be as well as JSON. */
  forms?: readonly FormType[];
  /**
   * A token endpoint of OAuth 2.0 (RFC 6749): the client's credentials may come by HTTP Basic, parameters that nobody knows are
   * ignored, and errors have the form of section 5.2.
   */
  isTokenEndpoint?: true;
  /** The operation answers a `StoredFileRef`: the gateway sends that file of the bucket instead of JSON. */
  download?: { contentType: string; bucket: string; keepDays: number };
}

/** What an operation with `http.upload` gets in place of the file; its own fields come beside it. */
export class UploadedFile {
  @Id()
  uploadId: string;

  @Text({ max: 64, pattern: /^[0-9a-f]{64}$/ })
  sha256: string;

  @Whole({ min: 0, max: 1_000_000_000, description: 'bytes' })
  size: number;
}

/** A file in an object store bucket, as an operation with `http.download` answers it. */
export class StoredFileRef {
  @Id()
  fileId: string;

  @Text({ max: 250, description: 'file name for the person who saves it' })
  name: string;

  @Text({ max: 150 })
  contentType: string;

  @Whole({ min: 0, max: 1_000_000_000, description: 'bytes' })
  size: number;
}

/** A part of the product in the API's description. */
export interface Tag {
  name: string;
  description: string;
}

/** Stable error codes by kind; `field`: codes that stand at a field of `request.invalid`. */
export type OperationErrors = Readonly<Partial<Record<ErrorKind | 'field', readonly string[]>>>;

/** The cookie of the refresh token. */
export const REFRESH_COOKIE = 'parta_refresh';

/**
 * One operation of a service, written once: from it come the NATS subject, the HTTP route, the validation, the
 * permission at the door and the OpenAPI description.
 */
export interface Operation<I extends object = object, O extends object = object> {
  kind: 'command' | 'query';
  service: string;
  name: string;
  version: number;
  /** `rpc.<service>.<name>.v<version>` */
  subject: string;
  http?: HttpRoute;
  /** who may do it, and to whose records */
  access: Access;
  input: Constructor<I>;
  output: Constructor<O>;
  summary: string;
  description?: string;
  /** stable error codes beyond those that every operation of its shape has (`responsesOf`) */
  errors: OperationErrors;
  /**
   * A command over HTTP may repeat its Idempotency-Key; 'required' refuses to go without one. 'ignored': the command opens
   * its own units of work, keeps no key, and is done again when it is sent again.
   */
  idempotencyKey?: 'required' | 'accepted' | 'ignored';
  /** Of a command that keeps no key: sent again within seconds it answers the same, so the gateway asks again when nobody has answered. */
  isSameAgain?: true;
  /**
   * In which of the caller's lines before the service it waits, if not in the usual one. 'own': in none, since the service bounds by itself
   * how many it does at once, and refuses the rest; what is long in doing would hold up what is short. 'door': in a narrower one; when
   * it is done more is asked, and who is in comes before who wants to come in.
   */
  line?: 'own' | 'door';
  /** how long the gateway waits for the answer */
  timeoutMs: number;
  tag: Tag;
}

type Definition<I extends object, O extends object> = Omit<
  Operation<I, O>,
  'kind' | 'subject' | 'version' | 'timeoutMs' | 'errors' | 'tag' | 'output'
> & {
  version?: number;
  timeoutMs?: number;
  errors?: OperationErrors;
  tag?: Tag;
  output: Constructor<O>;
};

const define = <I extends object, O extends object>(
  kind: 'command' | 'query',
  definition: Definition<I, O>,
): Operation<I, O> => {
  const version = definition.version ?? 1;
  return {
    ...definition,
    kind,
    version,
    subject: `rpc.${definition.service}.${definition.name}.v${version}`,
    errors: definition.errors ?? {},
    timeoutMs: definition.timeoutMs ?? 5000,
    tag: definition.tag ?? { name: definition.service, description: `Operations of ${definition.service}.` },
    ...(kind === 'command' && { idempotencyKey: definition.idempotencyKey ?? 'accepted' }),
  };
};

/** An operation that changes something: one transaction, replayable by its idempotency key. */
export const defineCommand = <I extends object, O extends object>(definition: Definition<I, O>) =>
  define('command', definition);

/** An operation that only reads. */
export const defineQuery = <I extends object, O extends object>(definition: Definition<I, O>) =>
  define('query', definition);

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'subject' in value && 'access' in value;

/** The operations that modules of a contract export. */
export const operationsIn = (...modules: readonly object[]): readonly Operation[] =>
  modules.flatMap((module) => Object.values(module).filter(isOperation));

/** The answer of a command that has nothing to say. */
export class Done {}
/** The input of a query without parameters. */
export class Nothing {}

/** The names in `{…}` of a route. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
