import { setImmediate as nextTurn } from 'node:timers/promises';
import { databaseLog, databaseObserver, requestScope, requestLogging } from '@cnop/middleware';
import { plainServer } from '../support/plain-server.ts';

const tableNames = ['orders'];
const end = { durationMs: 12.34 };

describe('databaseLog', () => {
  it('gives the lines of a request its id, however deep the call', async () => {
    const { service, log } = plainServer();
    await service.register(requestScope);
    await service.register(requestLogging);
    const observer = databaseLog(service.log);
    service.post('/orders', async () => {
      await nextTurn();
      observer.onRetry?.({ operation: 'placeOrder', attempt: 1, reason: 'conflict' });
      return {};
    });

    await service.inject({ method: 'POST', url: '/orders', headers: { 'x-request-id': 'r-7' }, payload: {} });

    expect(log.all()).toEqual([
      expect.objectContaining({ requestId: 'r-7', operation: 'placeOrder', attempt: 1, reason: 'conflict', level: 30 }),
      expect.objectContaining({ requestId: 'r-7', msg: 'request' }),
    ]);
  });

  it('warns of failures by their kind alone, and tells of every request at debug', () => {
    const { service, log } = plainServer();
    service.log.level = 'debug';
    const observer = databaseObserver({ log: service.log });
    const error = Object.assign(new Error('Item of ada@example.com'), { name: 'ThrottlingException' });

    observer.onRequest?.({ operation: 'GetItem', tableNames })?.({ ...end, outcome: 'ok' });
    observer.onRequest?.({ operation: 'PutItem', tableNames })?.({ ...end, outcome: 'condition-failed', error });
    observer.onRequest?.({ operation: 'GetItem', tableNames })?.({ ...end, outcome: 'throttled', error });
    observer.onRequest?.({ operation: 'GetItem', tableNames })?.({ ...end, outcome: 'unknown', error: 'lost' });
    const unreachable = Object.assign(new Error('getaddrinfo db.internal'), { code: 'ENOTFOUND' });
    observer.onRequest?.({ operation: 'GetItem', tableNames })?.({ ...end, outcome: 'unknown', error: unreachable });

    const line = { tableNames, durationMs: 12.3 };
    expect(log.all()).toEqual([
      expect.objectContaining({ ...line, level: 20, operation: 'GetItem', outcome: 'ok' }),
      expect.objectContaining({ ...line, level: 20, operation: 'PutItem', outcome: 'condition-failed' }),
      expect.objectContaining({ ...line, level: 40, outcome: 'throttled', error: 'ThrottlingException' }),
      expect.objectContaining({ ...line, level: 40, outcome: 'unknown', error: 'string' }),
      expect.objectContaining({ ...line, level: 40, outcome: 'unknown', error: 'ENOTFOUND' }),
    ]);
    expect(log.raw.join('')).not.toContain('Item of');
  });

  it('tells nothing to nobody', () => {
    const observer = databaseObserver({});

    observer.onRequest?.({ operation: 'GetItem', tableNames })?.({ ...end, outcome: 'ok' });

    expect(() => observer.onRetry?.({ operation: 'GetItem', attempt: 1, reason: 'unknown' })).not.toThrow();
  });
});
