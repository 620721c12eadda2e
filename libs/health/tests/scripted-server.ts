import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An HTTP server that gives every request the answer it was told last; it never answers while told `'hang'`. */
export interface ScriptedServer {
  readonly endpoint: string;
  answer(answer: Answer | 'hang'): void;
  requestCount(): number;
  stop(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  let next: Answer | 'hang' = 'hang';
  let count = 0;

  const server = createServer((request, response) => {
    count += 1;
    request.resume();
    if (next !== 'hang') {
      response.writeHead(next.status).end(next.body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (answer) => {
      next = answer;
    },
    requestCount: () => count,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
