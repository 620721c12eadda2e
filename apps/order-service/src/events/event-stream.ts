import { Readable } from 'node:stream';

/** One server-sent event. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event: string;
  /** Becomes JSON, on one line. */
  readonly data: unknown;
}

/** A stream of server-sent events, to be sent as the body of a response. */
export interface EventStream {
  readonly body: Readable;
  send(event: ServerSentEvent): void;
  /** Writes a comment, which clients ignore: it keeps the connection, and shows that it is alive. */
  beat(): void;
  /** Sends a last event and ends. */
  end(last: ServerSentEvent): void;
}

/** What a client that does not read may leave unread, in bytes; then its stream is cut, and it may come again. */
const unreadAtMost = 256 * 1_024;

/**
 * Makes a stream of server-sent events. The body obeys the reader: nothing waits for a client that is slow or gone.
 *
 * @param retryMs - after how long a client connects again.
 * @see {@link https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation}
 */
export function createEventStream({ retryMs }: { readonly retryMs: number }): EventStream {
  const body = new Readable({ read: () => undefined });
  const write = (text: string): void => {
    if (body.destroyed || body.readableEnded) return;
    body.push(text);
    if (body.readableLength > unreadAtMost) body.destroy();
  };
  const send = ({ id, event, data }: ServerSentEvent): void => {
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  write(`retry: ${retryMs}\n\n`);
  return {
    body,
    send,
    beat: () => {
      write(': \n\n');
    },
    end: (last) => {
      send(last);
      if (!body.destroyed) body.push(null);
    },
  };
}
