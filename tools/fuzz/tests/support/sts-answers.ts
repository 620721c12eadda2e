import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const metadata = '<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>';

/** A good answer to GetCallerIdentity. */
export const identityXml = `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDAUSER</UserId><Account>123456789012</Account></GetCallerIdentityResult>${metadata}</GetCallerIdentityResponse>`;

/** A good answer to AssumeRole. */
export const assumedRoleXml = `<AssumeRoleResponse ${namespace}><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/r/x</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAISSUED</AccessKeyId><SecretAccessKey>issued-secret-key</SecretAccessKey><SessionToken>issued-token</SessionToken><Expiration>2099-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleResult>${metadata}</AssumeRoleResponse>`;

/** The text in which every entity is ten of the one before: a hundred million characters, if a parser expands them. */
const entityBomb = (xml: string): string => {
  const entities = Array.from({ length: 9 }, (_, index) => {
    return `<!ENTITY e${index} "${index === 0 ? 'a' : `&e${index - 1};`.repeat(10)}">`;
  });

  return `<!DOCTYPE x [${entities.join('')}]>${xml.replace(/>[^<>]+</, '>&e8;<')}`;
};

const tags = [
  '<',
  '>',
  '</Arn>',
  '<Account>',
  '<Credentials>',
  '<![CDATA[',
  '<!--',
  '-->',
  '&lt;',
  '&#0;',
  '&#xD800;',
  '&x;',
  '<?xml?>',
];

/** The answer with something left out, put in or put twice; or not XML at all. */
export function spoiledXml(xml: string): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record({ at: fc.nat(xml.length), cut: fc.nat(40), put: fc.oneof(fc.constantFrom('', ...tags), hostileTexts) })
        .map(({ at, cut, put }) => xml.slice(0, at) + put + xml.slice(at + cut)),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ at: fc.nat(xml.length), end: fc.nat(xml.length) })
        .map(({ at, end }) => xml.slice(0, end) + xml.slice(at)),
    },
    { weight: 1, arbitrary: hostileTexts },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        entityBomb(xml),
        '<a>'.repeat(20_000),
        '<__proto__><polluted>1</polluted></__proto__>',
      ),
    },
  );
}
