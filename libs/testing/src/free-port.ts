import { createServer } from 'node:net';

/** Finds a TCP port that is free on the loopback interface now; another process may take it before it is used. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();

    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();

      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error('The operating system named no port.'));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}
