import { createAssumedRoleCredentials, getCallerIdentity, type StsConnection } from '@cnop/aws-sts';
import { isDomainError } from '@cnop/exceptions';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { runs } from '../../src/runs.ts';
import { isPolluted } from '../support/clean-data.ts';
import { assumedRoleXml, identityXml, spoiledXml } from '../support/sts-answers.ts';

const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' };

/** A connection on which STS answers with this text. */
const answering = (body: string, statusCode: number): StsConnection => ({
  region: 'us-east-1',
  requestHandler: {
    handle: () =>
      Promise.resolve({
        response: { statusCode, headers: { 'content-type': 'text/xml' }, body: Readable.from([Buffer.from(body)]) },
      }),
  },
});

/** 5xx would be repeated after real waits. */
const statuses = fc.constantFrom(200, 200, 200, 400, 403);

/** What a call gives; `undefined` when it ends as documented. */
async function answerOf<TAnswer>(call: Promise<TAnswer>): Promise<TAnswer | undefined> {
  try {
    return await call;
  } catch (error) {
    expect(isDomainError(error) && error.code).toBe('CREDENTIALS_UNAVAILABLE');
    expect(String((error as Error).cause)).not.toContain('issued-secret-key');
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';

describe(getCallerIdentity, () => {
  it('gives texts, or CREDENTIALS_UNAVAILABLE, whatever STS answers', async () => {
    await fc.assert(
      fc.asyncProperty(spoiledXml(identityXml), statuses, async (xml, status) => {
        const identity = await answerOf(getCallerIdentity({ ...answering(xml, status), credentials }));

        expect(identity === undefined || Object.values(identity).every(isText)).toBe(true);
        expect(isPolluted()).toBe(false);
      }),
      runs(300),
    );
  });
});

describe(createAssumedRoleCredentials, () => {
  const role = { roleArn: 'arn:aws:iam::123456789012:role/r', roleSessionName: 'orders' };

  it('gives keys with a time at which they end, or CREDENTIALS_UNAVAILABLE, whatever STS answers', async () => {
    await fc.assert(
      fc.asyncProperty(spoiledXml(assumedRoleXml), statuses, async (xml, status) => {
        const provider = createAssumedRoleCredentials({
          ...answering(xml, status),
          role,
          sourceCredentials: credentials,
        });
        const keys = await answerOf(provider());

        if (keys === undefined) return;
        expect([keys.accessKeyId, keys.secretAccessKey, keys.sessionToken].every(isText)).toBe(true);
        expect(Number.isNaN(keys.expiration?.getTime())).toBe(false);
      }),
      runs(300),
    );
  });
});
