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
export const DEFAULT_DURATION_SECONDS = 3_600;

export const durationSecondsOf = (role: AssumedRole): number => role.durationSeconds ?? DEFAULT_DURATION_SECONDS;

export const policyTextOf = (role: AssumedRole): string | undefined =>
  typeof role.policy === 'object' ? JSON.stringify(role.policy) : role.policy;
