import { createAssumedRoleCredentials } from '@cnop/aws-sts';

import { makeRole, rejectionOf } from '../fixtures.ts';

/** The cause of the error when the source of the keys throws `thrown`. */
async function causeOf(thrown: unknown): Promise<Error> {
  const credentials = createAssumedRoleCredentials({
    region: 'eu-central-1',
    role: makeRole(),
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a source may throw anything
    sourceCredentials: () => Promise.reject(thrown),
  });

  const error = await rejectionOf(credentials());

  expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', details: { roleArn: makeRole().roleArn } });
  return error.cause as Error;
}

describe('a source that fails', () => {
  it('is named by name and code, not by its text', async () => {
    const cause = await causeOf(Object.assign(new Error('connect 10.0.0.1, secret'), { code: 'ECONNREFUSED' }));

    expect(cause).toMatchObject({ name: 'Error', code: 'ECONNREFUSED' });
    expect(cause.message).not.toContain('secret');
  });

  it('keeps text, status and request id when AWS wrote them', async () => {
    const error = Object.assign(new Error('Token has expired'), {
      name: 'ExpiredToken',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, requestId: 'request-9' },
    });

    const cause = await causeOf(error);

    expect(Object.fromEntries([...Object.entries(cause), ['message', cause.message]])).toEqual({
      name: 'ExpiredToken',
      message: 'Token has expired',
      httpStatusCode: 400,
      requestId: 'request-9',
    });
  });

  it('leaves out what is absent', async () => {
    const cause = await causeOf(Object.assign(new TypeError('x'), { code: 7, $metadata: {} }));

    expect(Object.entries(cause)).toEqual([['name', 'TypeError']]);
  });

  it.each([['secret'], [null], [undefined], [{ secret: 1 }]])('may throw what is not an error: %j', async (thrown) => {
    const cause = await causeOf(thrown);

    expect(cause.message).toBe('What was thrown is not an error.');
  });
});
