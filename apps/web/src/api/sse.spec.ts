import { describe, expect, it } from '@jest/globals';
import { EventParser, reconnectDelay } from './sse';

const STREAM = 'event: ready\ndata: {}\n\n: \n\nevent: changed\ndata: {"kind":"mark"}\n\n';
const EVENTS = [
  { event: 'ready', data: '{}' },
  { event: 'changed', data: '{"kind":"mark"}' },
];

describe('server-sent events', () => {
  it('are read whatever the pieces they come in', () => {
    for (let size = 1; size <= STREAM.length; size += 1) {
      const parser = new EventParser();
      const events = [];
      for (let at = 0; at < STREAM.length; at += size)
        events.push(...parser.push(STREAM.slice(at, at + size)));
      expect(events).toEqual(EVENTS);
    }
  });

  it.each(['\r\n', '\r', '\n'])('may end their lines with %j', (ending) => {
    const parser = new EventParser();
    const text = STREAM.replaceAll('\n', ending);
    // One more event, so that a lone `\r` at the very end does not wait for its `\n`.
    const events = [...text, ...`data: x${ending}${ending}x`].flatMap((character) => parser.push(character));
    expect(events).toEqual([...EVENTS, { event: 'message', data: 'x' }]);
  });

  it('join the lines of their data', () => {
    expect(new EventParser().push('data: one\ndata:two\n\n')).toEqual([
      { event: 'message', data: 'one\ntwo' },
    ]);
  });

  it('without data are none: a heartbeat, an unfinished one', () => {
    expect(new EventParser().push(': \n\nevent: ready\n\nid: 7\nretry\n\ndata: unfinished\n')).toEqual([]);
  });
});

describe('the wait before the next attempt', () => {
  it('doubles up to a minute', () => {
    expect([1, 2, 3, 4, 20].map((failures) => reconnectDelay(failures, 1))).toEqual([
      1000, 2000, 4000, 8000, 60_000,
    ]);
  });

  it('is spread over half of its length', () => {
    expect(reconnectDelay(1, 0)).toBe(500);
  });
});
