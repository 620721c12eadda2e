import type { STSClientConfig } from '@aws-sdk/client-sts';

type Credentials = NonNullable<STSClientConfig['credentials']>;
type AnyFunction = (...args: never[]) => unknown;

/** A set of AWS keys: the AWS SDK's own type, taken from client-sts so that no further package is needed. */
export type AwsCredentialIdentity = Exclude<Credentials, AnyFunction>;

/** What an AWS SDK v3 client takes as `credentials`, when it is a function. */
export type AwsCredentialProvider = () => Promise<AwsCredentialIdentity>;

/** Keys, or a provider of keys: what an AWS SDK v3 client takes as `credentials`. */
export type AwsCredentialSource = AwsCredentialIdentity | AwsCredentialProvider;
