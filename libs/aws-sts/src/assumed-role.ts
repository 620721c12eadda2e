import { sharedErrors } from '@cnop/exceptions';

/**
 * One role to assume, and how its session is named, limited and tagged.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html} for AWS's own limits, which are checked when
 * the provider is made.
 */
export interface AssumedRole {
  readonly roleArn: string;
  /** 2–64 characters of `A-Z a-z 0-9 _ + = , . @ -`. The owner of the role sees it in CloudTrail and in the caller's ARN. */
  readonly roleSessionName: string;
  /** What a third party's trust policy demands, 2–1224 characters. Kept out of every error. */
  readonly externalId?: string;
  /** 900–43,200 s; at most 3,600 for a chained role. Default: 3,600. The role's own maximum may be lower. */
  readonly durationSeconds?: number;
  /** Session policy, as JSON text or as the object to serialise: at most 2,048 characters. It can only narrow the role. */
  readonly policy?: string | object;
  /** At most ten ARNs of managed policies that narrow the session. */
  readonly policyArns?: readonly string[];
  /** At most 50 session tags. The caller needs `sts:TagSession` on the role. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys among `tags` that later roles of a chain inherit. */
  readonly transitiveTagKeys?: readonly string[];
}

/** AWS's own default for a session, and the longest a chained one may last. */
const DEFAULT_DURATION_SECONDS = 3_600;

export const durationSecondsOf = (role: AssumedRole): number => role.durationSeconds ?? DEFAULT_DURATION_SECONDS;

export const policyTextOf = (role: AssumedRole): string | undefined =>
  typeof role.policy === 'object' ? JSON.stringify(role.policy) : role.policy;

/** A role at its place in a chain; `chained` when the keys that assume it are themselves those of a role. */
export interface PlacedRole {
  readonly role: AssumedRole;
  readonly chained: boolean;
  /** How the caller's options name it, for errors: `role`, or `role[1]`. */
  readonly setting: string;
}

interface RoleRule {
  readonly field: keyof AssumedRole;
  readonly rule: string;
  holds(placed: PlacedRole): boolean;
}

const ROLE_ARN = /^arn:[\w-]{1,32}:iam::\d{12}:role\/[\x21-\x7e]{1,512}$/;
const POLICY_ARN = /^arn:[\w-]{1,32}:iam::(?:aws|\d{12}):policy\/[\x21-\x7e]{1,512}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const POLICY_TEXT = /^[\t\n\r\x20-\xff]{1,2048}$/;
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

// AWS holds two keys that differ in case only to be the same.
const folded = (keys: readonly string[]): Set<string> => new Set(keys.map((key) => key.toLowerCase()));

const tagKeysOf = (role: AssumedRole): string[] => Object.keys(role.tags ?? {});

function isPolicy(text: string): boolean {
  if (!POLICY_TEXT.test(text)) {
    return false;
  }

  try {
    const policy: unknown = JSON.parse(text);

    return typeof policy === 'object' && policy !== null && !Array.isArray(policy);
  } catch {
    return false;
  }
}

const rules: readonly RoleRule[] = [
  { field: 'roleArn', rule: 'must be the ARN of an IAM role', holds: ({ role }) => ROLE_ARN.test(role.roleArn) },
  {
    field: 'roleSessionName',
    rule: 'must be 2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -',
    holds: ({ role }) => SESSION_NAME.test(role.roleSessionName),
  },
  {
    field: 'externalId',
    rule: 'must be 2 to 1224 characters of A-Z a-z 0-9 _ + = , . @ : / -',
    holds: ({ role }) => role.externalId === undefined || EXTERNAL_ID.test(role.externalId),
  },
  {
    field: 'durationSeconds',
    rule: 'must be a whole number from 900 to 43200',
    holds: ({ role }) => {
      const seconds = durationSecondsOf(role);

      return Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200;
    },
  },
  {
    field: 'durationSeconds',
    rule: 'must be at most 3600 for a role assumed with the credentials of another',
    holds: ({ role, chained }) => !chained || durationSecondsOf(role) <= DEFAULT_DURATION_SECONDS,
  },
  {
    field: 'policy',
    rule: 'must be a JSON object of at most 2048 characters, none above U+00FF',
    holds: ({ role }) => {
      const text = policyTextOf(role);

      return text === undefined || isPolicy(text);
    },
  },
  {
    field: 'policyArns',
    rule: 'must be at most 10 ARNs of IAM managed policies',
    holds: ({ role: { policyArns = [] } }) =>
      policyArns.length <= 10 && policyArns.every((policyArn) => POLICY_ARN.test(policyArn)),
  },
  {
    field: 'tags',
    rule: 'must be at most 50 tags, keys of 1 to 128 and values of up to 256 letters, digits, spaces and _ . : / = + - @, no key starting with aws:',
    holds: ({ role: { tags = {} } }) =>
      Object.keys(tags).length <= 50 &&
      Object.entries(tags).every(([key, value]) => TAG_KEY.test(key) && TAG_VALUE.test(value)),
  },
  {
    field: 'tags',
    rule: 'must not have two keys that differ in case only',
    holds: ({ role }) => folded(tagKeysOf(role)).size === tagKeysOf(role).length,
  },
  {
    field: 'transitiveTagKeys',
    rule: 'must be keys that are among the tags',
    holds: ({ role }) => {
      const keys = folded(tagKeysOf(role));

      return (role.transitiveTagKeys ?? []).every((key) => keys.has(key.toLowerCase()));
    },
  },
];

/** @throws {@link sharedErrors.ConfigurationError} naming the first setting of the role that AWS would refuse, without its value. */
export function assertAssumedRole(placed: PlacedRole): void {
  const broken = rules.find((rule) => !rule.holds(placed));

  if (broken !== undefined) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: `${placed.setting}.${broken.field}`, rule: broken.rule }],
    });
  }
}
