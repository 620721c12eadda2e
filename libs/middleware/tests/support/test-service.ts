import { createHealthRegistry } from '@cnop/health';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  type AccessClaims,
  type Service,
  type ServiceOptions,
} from '@cnop/middleware';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import * as z from 'zod';
import { logLines, type LogLines } from './log-lines.ts';

/** Of whom and for whom test tokens are. */
export const parties = { issuer: 'https://cnop.example', audience: 'cnop' };
export const ada: AccessClaims = { username: 'ada', role: 'CUSTOMER', sessionEpoch: 0 };

/** A service with everything, its log, and tokens for it. */
export interface TestService {
  readonly service: Service;
  readonly log: LogLines;
  readonly isActive: jest.Mock<Promise<boolean>, [AccessClaims]>;
  tokenOf(claims?: Partial<AccessClaims>): Promise<string>;
  /** Sends a request with a token of that user. */
  injectAs(claims: Partial<AccessClaims>, request: InjectOptions): Promise<LightMyRequestResponse>;
}

const opened: Service[] = [];

/** Makes the service, whose routes take any query and body unless they say which; it is closed after the test. */
export async function testService(options: Partial<ServiceOptions> = {}): Promise<TestService> {
  const log = logLines();
  const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, ...parties });
  const isActive = jest.fn<Promise<boolean>, [AccessClaims]>(async () => true);
  const service = await createService({
    openApi: { title: 'Test', version: '1.0.0' },
    authentication: { verifier: createTokenVerifier({ keys: issuer.publicKeys, ...parties }), users: { isActive } },
    health: createHealthRegistry(),
    metrics: createMetrics({ processMetrics: false }),
    ...options,
    server: { logging: { name: 'test', stream: log.stream }, ...options.server },
    // However late the event loop of a busy machine is.
    loadShedding: { maxEventLoopDelayMs: Infinity, ...options.loadShedding },
  });
  const tokenOf = async (claims: Partial<AccessClaims> = {}) => (await issuer.issue({ ...ada, ...claims })).accessToken;

  service.addHook('onRoute', (route) => {
    const any = { querystring: z.unknown(), ...(route.method === 'POST' && { body: z.unknown() }) };
    route.schema = { ...any, ...route.schema };
  });
  opened.push(service);
  return {
    service,
    log,
    isActive,
    tokenOf,
    injectAs: async (claims, request) =>
      service.inject({
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${await tokenOf(claims)}` },
      }),
  };
}

afterEach(async () => {
  for (const service of opened.splice(0)) await service.close();
});
