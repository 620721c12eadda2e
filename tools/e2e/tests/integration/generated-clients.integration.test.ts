import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OpenApiDocument } from '../../src/contract.ts';
import { useStack } from '../support/use-stack.ts';

const run = promisify(execFile);
const { stack } = useStack();
const project = join(__dirname, '../..');
const root = join(project, '../..');
/** What a package of this project, or of the workspace, is started by. */
const script = (name: string): string =>
  [project, root].map((folder) => join(folder, 'node_modules/.bin', name)).find((file) => existsSync(file)) ?? name;

/** What a client does with an error: its code decides which details it has. */
const useOfProblem = `
export function explain(problem: Problem): string {
  switch (problem.code) {
    case 'BALANCE_INSUFFICIENT': {
      const { code, available, required }: Record<'code' | 'available' | 'required', string> = problem.details;
      return \`\${required} \${code} are needed, and there are \${available}\`;
    }
    case 'RATE_LIMITED':
      return \`Wait for \${problem.details.retryAfterSeconds.toFixed()} s.\`;
    case 'VALIDATION_FAILED':
      return problem.errors.map(({ pointer, message }) => pointer + message).join();
    // @ts-expect-error There is no such code.
    case 'NO_SUCH_CODE':
      return '';
    case 'ORDER_NOT_FOUND':
      // @ts-expect-error It has no such details.
      return problem.details.available;
    default:
      return problem.title;
  }
}
export const keyIds = ({ keys }: SigningKeySet): string[] => keys.map(({ kid, kty }: { kid: string; kty: 'OKP' | 'EC' }) => kid + kty);
export const worth = ({ notional, fills }: Order): string => (fills.length > 0 ? notional ?? '' : '');
`;
const programs = {
  'openapi-typescript.ts': `
import type { components, operations } from './openapi-typescript/api.js';
type Problem = components['schemas']['Problem'];
type SigningKeySet = components['schemas']['SigningKeySet'];
type Order = operations['placeOrder']['responses'][201]['content']['application/json'];
export const code: components['schemas']['ProblemCode'] = 'CLOCK_OFF';
export type Replayed = operations['placeOrder']['responses'][201]['headers']['Idempotency-Replayed'];
export const replayed: Replayed = 'true';
export const retryAfter: operations['placeOrder']['responses']['default']['headers']['Retry-After'] = 1;
${useOfProblem}`,
  'hey-api.ts': `
import { placeOrder, type Order, type Problem, type SigningKeySet } from './hey-api/index.js';
export async function buy(quantity: string): Promise<Order | string> {
  const { data, error } = await placeOrder({ body: { orderType: 'MARKET_BUY', assetId: 'BTC', quantity } });
  return data ?? explain(error);
}
${useOfProblem}`,
};

describe('clients that others generate', () => {
  let folder: string;
  let document: OpenApiDocument;
  const node = (...args: string[]) =>
    run(process.execPath, args, { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } });

  beforeAll(async () => {
    // Within the workspace, so that the compiler finds the types of Node.js.
    await mkdir(join(project, 'tmp'), { recursive: true });
    folder = await mkdtemp(join(project, 'tmp/generated-clients-'));
    const text = await (await fetch(`${stack().url}/openapi.json`)).text();
    document = JSON.parse(text) as OpenApiDocument;
    await writeFile(join(folder, 'openapi.json'), text);
    for (const [file, text] of Object.entries(programs)) await writeFile(join(folder, file), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('have a name for every operation and every body', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = operations.map(({ operationId }) => operationId);
    const bodies = operations.flatMap(({ requestBody, responses }) => [
      ...Object.values(requestBody?.content ?? {}),
      ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content)),
    ]);

    expect(ids).toEqual(ids.map(() => expect.stringMatching(/^[a-z][A-Za-z]+$/) as string));
    expect(new Set(ids).size).toBe(ids.length);
    expect(bodies.length).toBeGreaterThan(50);
    expect(bodies.filter(({ schema }) => !JSON.stringify(schema).startsWith('{"$ref":"#/components/schemas/'))).toEqual(
      [],
    );
  });

  it('have the details of each error, the keys of tokens and the headers of responses', async () => {
    await node(script('openapi-typescript'), 'openapi.json', '-o', 'openapi-typescript/api.ts');
    await node(script('openapi-ts'), '-i', 'openapi.json', '-o', 'hey-api', '--no-log-file');
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2023', '--module', 'nodenext'];
    const compiled = node(script('tsc'), ...options, ...Object.keys(programs));

    await expect(compiled).resolves.toMatchObject({ stdout: '' });
  });
});
