/** How long everything may take to stop, in milliseconds; the servers' watchdogs clean up behind. */
const STOP_TIMEOUT_MS = 20_000;
const LOOK_FOR_PARENT_MS = 500;

/**
 * Stops on SIGINT, SIGTERM and SIGHUP, and when npm, which started this process, is gone: whoever ends npm alone means Parta.
 * @param stop stops everything; it is called once
 * @returns whether it is being stopped
 */
export function stopWhenAsked(stop: () => Promise<void>, say: (line: string) => void): () => boolean {
  let isStopping = false;
  const begin = (): void => {
    // Somebody who presses Ctrl-C again does not want to wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => {
      process.stderr.write('Parta did not stop in time and was ended.\n');
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    say('\nStopping Parta …');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
  // A terminal or a pipe that is gone must not end this before it has stopped what it has started.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent && !isStopping) begin();
    }, LOOK_FOR_PARENT_MS).unref();
  }
  return () => isStopping;
}
