import { Readable } from 'node:stream';
import { createAssumedRoleCredentials, getCallerIdentity, type StsConnection } from '@cnop/aws-sts';
import { isDomainError } from '@cnop/exceptions';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { isPolluted } from '../support/purity.ts';

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const identityXml = `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDAUSER</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const assumedRoleXml = `<AssumeRoleResponse ${namespace}><AssumeRoleResult><Credentials><AccessKeyId>ASIAISSUED</AccessKeyId><SecretAccessKey>issued-secret-key</SecretAccessKey><SessionToken>issued-token</SessionToken><Expiration>2099-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** Entities of which each is ten of the one before: a hundred million characters, if a parser expands them. */
const entities = Array.from({ length: 9 }, (_, nth) => `<!ENTITY e${nth} "${nth ? `&e${nth - 1};`.repeat(10) : 'a'}">`);
const bomb = (xml: string): string => `<!DOCTYPE x [${entities.join('')}]>${xml.replace(/>[^<>]+</, '>&e8;<')}`;
const polluting = '<__proto__><polluted>1</polluted></__proto__>';
const tags = '< > </Arn> <Account> <Credentials> <![CDATA[ <!-- --> &lt; &#0; &#xD800; &x; <?xml?>'.split(' ');

/** A good response with something left out, put in or put twice; or no XML at all. */
const spoiled = (xml: string): fc.Arbitrary<string> => {
  const place = fc.nat(xml.length);

  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(place, fc.nat(40), fc.oneof(fc.constantFrom('', ...tags), hostileTexts))
        .map(([at, cut, put]) => xml.slice(0, at) + put + xml.slice(at + cut)),
    },
    { weight: 1, arbitrary: fc.tuple(place, place).map(([at, end]) => xml.slice(0, end) + xml.slice(at)) },
    { weight: 1, arbitrary: hostileTexts },
    { weight: 1, arbitrary: fc.constantFrom(bomb(xml), '<a>'.repeat(20_000), polluting) },
  );
};

/** A connection on which STS returns this text. */
const returning = (body: string, statusCode: number): StsConnection => ({
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
const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' };
const role = { roleArn: 'arn:aws:iam::123456789012:role/r', roleSessionName: 'orders' };

/** What a call gives; `undefined` when it ends as documented. */
async function resultOf<TResult>(call: Promise<TResult>): Promise<TResult | undefined> {
  try {
    return await call;
  } catch (error) {
    expect(isDomainError(error) && error.code).toBe('CREDENTIALS_UNAVAILABLE');
    expect(String((error as Error).cause)).not.toContain('issued-secret-key');
    return undefined;
  } finally {
    expect(isPolluted()).toBe(false);
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';

it('getCallerIdentity gives texts, or CREDENTIALS_UNAVAILABLE, whatever STS returns', async () => {
  await fc.assert(
    fc.asyncProperty(spoiled(identityXml), statuses, async (xml, status) => {
      const identity = await resultOf(getCallerIdentity({ ...returning(xml, status), credentials }));

      expect(Object.values(identity ?? {}).every(isText)).toBe(true);
    }),
    runs(300),
  );
});

it('createAssumedRoleCredentials gives keys with their end, or CREDENTIALS_UNAVAILABLE, whatever STS returns', async () => {
  await fc.assert(
    fc.asyncProperty(spoiled(assumedRoleXml), statuses, async (xml, status) => {
      const provider = createAssumedRoleCredentials({
        ...returning(xml, status),
        role,
        sourceCredentials: credentials,
      });
      const keys = await resultOf(provider());
      if (!keys) return;

      expect([keys.accessKeyId, keys.secretAccessKey, keys.sessionToken].every(isText)).toBe(true);
      expect(Number.isNaN(keys.expiration?.getTime())).toBe(false);
    }),
    runs(300),
  );
});
