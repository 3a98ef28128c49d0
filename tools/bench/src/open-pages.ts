import { get, type IncomingMessage } from 'node:http';

/** Open diaries of families: each holds the stream of what is new, as the web application does. */
export class OpenPages {
  private readonly streams = new Map<string, IncomingMessage>();
  /** is told of each pupil whose diary an event says has changed */
  heard: (studentId: string) => void = () => undefined;

  constructor(private readonly url: string) {}

  has(studentId: string): boolean {
    return this.streams.has(studentId);
  }

  async open(studentId: string, token: string): Promise<void> {
    const stream = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${this.url}/api/v1/live`, { headers: { authorization: `Bearer ${token}` } }, resolve).on(
        'error',
        reject,
      );
    });
    if (stream.statusCode !== 200) throw new Error(`the live stream was answered ${stream.statusCode}`);
    await new Promise<void>((resolve) => {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop()!;
        for (const event of events) {
          if (event.startsWith('event: ready')) resolve();
          else if (event.startsWith('event: changed')) this.heard(studentId);
        }
      });
    });
    this.streams.set(studentId, stream);
  }

  close(): void {
    for (const stream of this.streams.values()) stream.destroy();
    this.streams.clear();
  }
}
