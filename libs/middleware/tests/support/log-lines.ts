/** What a service logs, line by line. */
export interface LogLines {
  readonly stream: { write(line: string): void };
  readonly raw: string[];
  /** The lines, as objects. */
  all(): Record<string, unknown>[];
  /** The lines with this message. */
  of(msg: string): Record<string, unknown>[];
}

export function logLines(): LogLines {
  const raw: string[] = [];
  const all = () => raw.map((line) => JSON.parse(line) as Record<string, unknown>);

  return {
    raw,
    stream: { write: (line) => void raw.push(line) },
    all,
    of: (msg) => all().filter((line) => line['msg'] === msg),
  };
}
