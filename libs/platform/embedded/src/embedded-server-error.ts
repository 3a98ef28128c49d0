export type EmbeddedServerErrorCode =
  /** Another program listens on the port. */
  | 'embedded.port-taken'
  /** A living process already runs a server on this folder. */
  | 'embedded.already-running'
  /** The folder cannot be used: wrong owner, not a data folder, not reachable. */
  | 'embedded.data-dir-unusable'
  /** The server exited or did not become ready; the message ends with its own last log lines. */
  | 'embedded.start-failed'
  /** The folder was initialised with another password. */
  | 'embedded.password-mismatch'
  /** No PostgreSQL binaries for this platform, or no account to run them. */
  | 'embedded.postgres-missing'
  /** No nats-server, and none could be obtained. */
  | 'embedded.nats-missing';

/** What an embedded server could not do. `code` is stable, `message` is one sentence for a person. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
  readonly code: EmbeddedServerErrorCode;

  constructor(code: EmbeddedServerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
