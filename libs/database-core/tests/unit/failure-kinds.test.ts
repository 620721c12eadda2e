import { executeWrite, readItem } from '@cnop/database-core';
import { answerError, type Fault, loseRequest, refuseConnection } from '@cnop/testing';
import { purchase, purchaseKey } from '../support/purchase.ts';
import { openTestDatabase } from '../support/test-database.ts';

/** What Node reports when a call of the operating system fails. */
const broken = (code: string, syscall: string): Fault => ({
  name: `${syscall} ${code}`,
  apply: () => Promise.reject(Object.assign(new Error(`${syscall} ${code}`), { code, syscall })),
});

/** What Node reports of a host with several addresses, none of which takes the connection. */
const noAddress = (...syscalls: readonly string[]): Fault => ({
  name: 'no address',
  apply: () => {
    const errors = syscalls.map((syscall) => Object.assign(new Error(), { code: 'ECONNREFUSED', syscall }));
    return Promise.reject(Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' }));
  },
});

/** What two equal failures of a transaction make of it: the error, and whether it was worth a second attempt. */
const table: [failure: string, fault: Fault, outcome: [code: string, attempts: number]][] = [
  ['a lost request', loseRequest(), ['OUTCOME_UNKNOWN', 2]],
  ['a broken pipe', broken('EPIPE', 'write'), ['OUTCOME_UNKNOWN', 2]],
  ['a host that became unreachable while it answered', broken('EHOSTUNREACH', 'read'), ['OUTCOME_UNKNOWN', 2]],
  ['a network that became unreachable meanwhile', broken('ENETUNREACH', 'write'), ['OUTCOME_UNKNOWN', 2]],
  ['a host with an address that broke later', noAddress('connect', 'read'), ['OUTCOME_UNKNOWN', 2]],
  ['a connection that took too long', broken('ETIMEDOUT', 'connect'), ['OUTCOME_UNKNOWN', 2]],
  ['a 400 of UnknownError', answerError('UnknownError', { status: 400 }), ['OUTCOME_UNKNOWN', 2]],
  ['a 400 that is no JSON', answerError('SyntaxError', { status: 400 }), ['OUTCOME_UNKNOWN', 2]],
  ['a 400 of Error', answerError('Error', { status: 400 }), ['OUTCOME_UNKNOWN', 2]],
  ['a 408 of a proxy', answerError('Unknown', { status: 408 }), ['OUTCOME_UNKNOWN', 2]],
  ['a 400 that names no error', answerError('Unknown', { status: 400 }), ['OUTCOME_UNKNOWN', 2]],
  ['InternalServerError', answerError('InternalServerError', { status: 500 }), ['OUTCOME_UNKNOWN', 2]],
  ['ServiceUnavailable', answerError('ServiceUnavailable', { status: 503 }), ['OUTCOME_UNKNOWN', 2]],
  ['a gateway time-out', answerError('GatewayTimeout', { status: 504 }), ['OUTCOME_UNKNOWN', 2]],
  ['a redirection', answerError('Moved', { status: 302 }), ['OUTCOME_UNKNOWN', 2]],
  ['TransactionInProgressException', answerError('TransactionInProgressException'), ['OUTCOME_UNKNOWN', 2]],
  ['a refused connection', refuseConnection(), ['DATABASE_UNAVAILABLE', 2]],
  ['an unknown host', broken('ENOTFOUND', 'getaddrinfo'), ['DATABASE_UNAVAILABLE', 2]],
  ['a host name that cannot be looked up now', broken('EAI_AGAIN', 'getaddrinfo'), ['DATABASE_UNAVAILABLE', 2]],
  ['an unreachable host', broken('EHOSTUNREACH', 'connect'), ['DATABASE_UNAVAILABLE', 2]],
  ['an unreachable network', broken('ENETUNREACH', 'connect'), ['DATABASE_UNAVAILABLE', 2]],
  ['a host that takes no connection at any address', noAddress('connect', 'connect'), ['DATABASE_UNAVAILABLE', 2]],
  ['ProvisionedThroughputExceededException', answerError('ProvisionedThroughputExceededException'), ['THROTTLED', 2]],
  ['ThrottlingException', answerError('ThrottlingException'), ['THROTTLED', 2]],
  ['RequestLimitExceeded', answerError('RequestLimitExceeded'), ['THROTTLED', 2]],
  ['TooManyRequestsException', answerError('TooManyRequestsException', { status: 429 }), ['THROTTLED', 2]],
  ['ExpiredTokenException', answerError('ExpiredTokenException'), ['DATABASE_ERROR', 2]],
  ['ExpiredToken', answerError('ExpiredToken'), ['DATABASE_ERROR', 2]],
  ['RequestExpired', answerError('RequestExpired'), ['DATABASE_ERROR', 2]],
  ['AccessDeniedException', answerError('AccessDeniedException'), ['DATABASE_ERROR', 1]],
  ['UnrecognizedClientException', answerError('UnrecognizedClientException'), ['DATABASE_ERROR', 1]],
  ['ResourceNotFoundException', answerError('ResourceNotFoundException'), ['DATABASE_ERROR', 1]],
  ['ValidationException', answerError('ValidationException'), ['DATABASE_ERROR', 1]],
  ['IdempotentParameterMismatchException', answerError('IdempotentParameterMismatchException'), ['DATABASE_ERROR', 1]],
];

describe('a failed request', () => {
  it.each(table)('that met %s is told apart', async (_, fault, [code, attempts]) => {
    const { database, http } = openTestDatabase({ retry: { maxAttempts: 2 } });
    http.script('TransactWriteItems', fault, fault);
    http.script('TransactGetItems', answerError('AccessDeniedException'));

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code, cause: expect.any(Error) as Error });
    expect(http.bodiesOf('TransactWriteItems')).toHaveLength(attempts);
  });

  it('that was signed by a clock far off is signed again by the corrected one', async () => {
    const { database, http } = openTestDatabase({ retry: { maxAttempts: 3 }, maxClockErrorMs: Infinity });
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    const skewed = answerError('InvalidSignatureException', { headers: { date } });
    http.script('TransactWriteItems', skewed, answerError('AccessDeniedException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({
      cause: { name: 'AccessDeniedException' },
    });
  });

  it('with a 500 stays unknown, however far off the clock was that signed it', async () => {
    const { database, http } = openTestDatabase({ retry: { maxAttempts: 2 } });
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    const failed = answerError('InternalServerError', { status: 500, headers: { date } });
    http.script('TransactWriteItems', failed, answerError('ThrottlingException'));
    http.script('TransactGetItems', answerError('AccessDeniedException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('that was signed by a clock far off is a fault of the database when there is no attempt left', async () => {
    const { database, http } = openTestDatabase({ retry: { maxAttempts: 1 } });
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    http.script('TransactWriteItems', answerError('InvalidSignatureException', { headers: { date } }));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });

  it.each(['CredentialsProviderError', 'TokenProviderError'])('for want of credentials (%s) is final', async (name) => {
    const credentials = async () => {
      throw Object.assign(new Error('None.'), { name });
    };
    const { database, http } = openTestDatabase({ credentials });

    const address = { tableName: database.tableName('things'), key: purchaseKey('o-1') };

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
    await expect(readItem(database, address)).rejects.toMatchObject({ code: 'DATABASE_ERROR', cause: { name } });
    expect(http.calls).toEqual([]);
  });
});
