import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { executeWrite, readItem, type DatabaseOptions } from '@cnop/database-core';
import { timesOutMs } from '@cnop/testing';
import { purchase, walletKey } from '../support/purchase.ts';
import { openTestDatabase } from '../support/test-database.ts';

/** A server in DynamoDB's place, gone after `use`. */
async function withServer(listener: RequestListener, use: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A database over the HTTP handler that it makes itself. */
const open = (options: Partial<DatabaseOptions>) =>
  openTestDatabase({ requestHandler: undefined, retry: { maxAttempts: 2 }, ...options }).database;

describe('the network', () => {
  it('is DATABASE_UNAVAILABLE when nobody listens at the endpoint', async () => {
    const program = join(__dirname, '../support/write-to-nobody.ts');

    const { stdout } = await promisify(execFile)('node', ['--conditions=@cnop/source', '--no-warnings', program]);

    expect(stdout.trim()).toBe('DATABASE_UNAVAILABLE');
  });

  it.each<[string, RequestListener]>([
    ['no answer comes', () => undefined],
    [
      'an answer stalls after its head',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': 100 }).write('{');
      },
    ],
    ['the connection breaks', (request) => request.socket.destroy()],
    ['the answer is not from DynamoDB', (_, response) => response.writeHead(502).end('<html>Bad gateway</html>')],
  ])('is OUTCOME_UNKNOWN when %s', async (_, listener) => {
    await withServer(listener, async (endpoint) => {
      const database = open({ endpoint, timeouts: { requestMs: timesOutMs } });

      await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      database.close();
    });
  });

  it('keeps its connections alive', async () => {
    const ports = new Set<number | undefined>();
    const answer: RequestListener = (request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    };

    await withServer(answer, async (endpoint) => {
      const database = open({ endpoint, timeouts: { connectMs: 60_000, requestMs: 60_000 } });

      for (let read = 0; read < 5; read += 1) {
        await readItem(database, { tableName: 'things', key: walletKey() });
      }
      expect(ports.size).toBe(1);
      database.close();
    });
  });
});
