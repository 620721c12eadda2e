export type { AssumedRole } from './assumed-role.ts';
export type {
  AwsCredentialIdentity,
  AwsCredentialProvider,
  AwsCredentialSource,
  CredentialRequest,
} from './cache-credentials.ts';
export { createAssumedRoleCredentials, type AssumedRoleCredentialsOptions } from './create-assumed-role-credentials.ts';
export { getCallerIdentity, type CallerIdentity, type CallerIdentityOptions } from './get-caller-identity.ts';
export type { StsConnection } from './call-sts.ts';
