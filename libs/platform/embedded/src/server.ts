/** A running server on 127.0.0.1. */
export interface EmbeddedServer {
  url: string;
  port: number;
  /** Of the server, for tests that kill it. */
  pid: number;
  /** Stops the server and waits until it is gone; safe to call twice. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  port: number;
  /** Receives each line the server writes, and what is done on its behalf. */
  log?: ((line: string) => void) | undefined;
  /** Called when the server ends by itself after it was ready. */
  onUnexpectedExit?: ((reason: string) => void) | undefined;
  /** How long the server may take to answer, in milliseconds, recovery after a crash included. */
  startTimeoutMs?: number | undefined;
}
