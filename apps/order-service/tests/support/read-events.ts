/** An event as a client receives it. */
export interface ReceivedEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of a stream of server-sent events. */
export interface EventClient {
  readonly status: number;
  readonly contentType: string | null;
  /** The next event; `undefined` at the end. Comments are events named `comment`. */
  next(): Promise<ReceivedEvent | undefined>;
  close(): void;
}

/** Opens a stream over a real socket. */
export async function openEvents(url: string, headers: Readonly<Record<string, string>>): Promise<EventClient> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';

  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    next: async () => {
      for (;;) {
        const end = unread.indexOf('\n\n');
        if (end >= 0) {
          const block = unread.slice(0, end);
          unread = unread.slice(end + 2);
          if (block.startsWith('retry: ')) continue;
          return parse(block);
        }
        const { value, done } = await reader.read();
        if (done) return undefined;
        unread += value;
      }
    },
    close: () => {
      reader.closed.catch(() => undefined);
      abort.abort();
    },
  };
}

function parse(block: string): ReceivedEvent {
  if (block.startsWith(':')) return { event: 'comment', data: {} };
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const id = fields.get('id');

  return {
    ...(id !== undefined && { id }),
    event: fields.get('event') ?? 'message',
    data: JSON.parse(fields.get('data') ?? '{}') as ReceivedEvent['data'],
  };
}
