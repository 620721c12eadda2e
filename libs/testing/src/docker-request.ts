import { request } from 'node:http';
import type { DockerAddress } from './docker-address.ts';

const TIMEOUT_MS = 10_000;

/**
 * Asks the Docker daemon directly over its socket, which is quicker than a client and tells at once when nobody is there.
 *
 * @throws Error when the daemon does not answer in time, or not with a 2xx status.
 */
export function dockerRequest(
  address: DockerAddress,
  call: { method: 'GET' | 'DELETE'; path: string; timeoutMs?: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...address, method: call.method, path: call.path, headers: { host: 'docker' }, agent: false },
      (response) => {
        let body = '';
        const status = response.statusCode ?? 0;

        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.once('error', reject);
        response.once('end', () => {
          clearTimeout(timer);
          if (status >= 200 && status < 300) resolve(body);
          else reject(new Error(`Docker answered ${status} to ${call.method} ${call.path}: ${body.trim()}`));
        });
      },
    );
    const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
    const timer = setTimeout(() => {
      sent.destroy(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);

    sent.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end();
  });
}
