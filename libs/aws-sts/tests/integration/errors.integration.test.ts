import { inspect } from 'node:util';

import { createAssumedRoleCredentials } from '@cnop/aws-sts';
import { timesOutMs } from '@cnop/testing';

import { makeRole, rejectionOf, rootKeys } from '../fixtures.ts';
import { stsError, type Answer } from '../sts-server.ts';
import { useStsServer } from '../use-sts-server.ts';

const sts = useStsServer();

describe('errors', () => {
  it('wraps a refusal once, with what AWS said as its cause', async () => {
    sts.behave(() => stsError(403, 'AccessDenied', 'User is not authorized to perform: sts:AssumeRole'));

    const error = await rejectionOf(createAssumedRoleCredentials(sts.optionsWith())());

    expect(error).toMatchObject({
      name: 'CredentialsUnavailableError',
      code: 'CREDENTIALS_UNAVAILABLE',
      retryable: true,
      details: { roleArn: 'arn:aws:iam::123456789012:role/orders' },
      cause: {
        name: 'AccessDenied',
        message: 'User is not authorized to perform: sts:AssumeRole',
        httpStatusCode: 403,
        requestId: 'request-1',
      },
    });
    expect(sts.requests).toHaveLength(1);
  });

  it('retries a fault of the service', async () => {
    const usual: Answer[] = [stsError(500, 'InternalFailure', 'Oops.'), stsError(503, 'ServiceUnavailable', 'Oops.')];
    sts.behave((_request, answer) => usual.shift() ?? answer());

    const keys = await createAssumedRoleCredentials(sts.optionsWith())();

    expect(keys.accessKeyId).toBe('ASIAISSUED0001');
    expect(sts.requests).toHaveLength(3);
  });

  it('gives up on a service that does not answer', async () => {
    sts.behave(() => 'hang');
    jest.useFakeTimers();
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ timeoutMs: 60_000 }));

    const refused = rejectionOf(credentials());
    await jest.advanceTimersByTimeAsync(60_000);
    const error = await refused;
    sts.behave(undefined);
    const keys = await credentials();
    jest.useRealTimers();

    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', cause: { name: 'TimeoutError' } });
    expect(keys.accessKeyId).toBe('ASIAISSUED0001');
  });

  it('gives up on a source that does not answer', async () => {
    const sourceCredentials = () => new Promise<never>(() => undefined);

    const error = await rejectionOf(
      createAssumedRoleCredentials(sts.optionsWith({ sourceCredentials, timeoutMs: timesOutMs }))(),
    );

    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', cause: { name: 'TimeoutError' } });
  });

  it('wraps that the service cannot be reached', async () => {
    const credentials = createAssumedRoleCredentials(sts.optionsWith({ endpoint: 'http://127.0.0.1:1' }));

    const error = await rejectionOf(credentials());

    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', cause: expect.any(Error) as Error });
  });

  it.each([
    ['no keys', '<AssumeRoleResponse><AssumeRoleResult></AssumeRoleResult></AssumeRoleResponse>'],
    [
      'half of them',
      '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    ],
  ])('refuses an answer with %s', async (_case, body) => {
    sts.behave(() => ({ status: 200, body }));

    const error = await rejectionOf(createAssumedRoleCredentials(sts.optionsWith())());

    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', cause: { code: 'INCOMPLETE_RESPONSE' } });
  });

  it.each([
    ['the source keys', `${rootKeys.secretAccessKey} and ${encodeURIComponent(rootKeys.secretAccessKey)}`],
    ['the external id', 'ExternalId=hush-hush-42'],
  ])('never shows %s, even when AWS repeats them', async (_case, message) => {
    sts.behave(() => stsError(403, 'SignatureDoesNotMatch', `The canonical string was: ${message}`));
    const role = makeRole({ externalId: 'hush-hush-42' });

    const error = await rejectionOf(createAssumedRoleCredentials(sts.optionsWith({ role }))());

    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).toContain('The canonical string was: ');
    expect(shown).not.toContain(rootKeys.secretAccessKey);
    expect(shown).not.toContain(encodeURIComponent(rootKeys.secretAccessKey));
    expect(shown).not.toContain('hush-hush-42');
  });

  it('never shows the session token of a chain', async () => {
    sts.behave((request, answer) =>
      request.accessKeyId === rootKeys.accessKeyId
        ? answer()
        : stsError(403, 'SignatureDoesNotMatch', 'x-amz-security-token:issued/token+0001=='),
    );
    const role = [makeRole(), makeRole()];

    const error = await rejectionOf(createAssumedRoleCredentials(sts.optionsWith({ role }))());

    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('issued/token');
  });

  it('never shows keys from an answer that cannot be parsed', async () => {
    sts.behave((_request, answer) => ({ status: 200, body: answer().body.slice(0, -40) + '<<&' }));

    const error = await rejectionOf(createAssumedRoleCredentials(sts.optionsWith())());

    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('issued/');
  });
});
