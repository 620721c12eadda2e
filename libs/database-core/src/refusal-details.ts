import type { DatabaseRefusal } from '@cnop/exceptions';
import { failedRequestOf, type FailedRequest } from './failed-requests.ts';

interface Refusal {
  readonly name?: string;
  readonly message?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Message?: string }[];
}

const reasonByName: Readonly<Record<string, DatabaseRefusal['reason']>> = {
  ResourceNotFoundException: 'TABLE_MISSING',
  AccessDeniedException: 'ACCESS_DENIED',
  CredentialsProviderError: 'CREDENTIALS_UNAVAILABLE',
  TokenProviderError: 'CREDENTIALS_UNAVAILABLE',
  ExpiredTokenException: 'CREDENTIALS_REFUSED',
  ExpiredToken: 'CREDENTIALS_REFUSED',
  RequestExpired: 'CREDENTIALS_REFUSED',
  UnrecognizedClientException: 'CREDENTIALS_REFUSED',
  InvalidSignatureException: 'CREDENTIALS_REFUSED',
  IncompleteSignatureException: 'CREDENTIALS_REFUSED',
  MissingAuthenticationTokenException: 'CREDENTIALS_REFUSED',
};

/** How DynamoDB, its emulators and its index queries say that a key is not the table's. */
const keySchemaMessage =
  /key element does not match|missing the key|required keys was not given|type mismatch for (index )?key|missed key schema|specified index|number of conditions on the keys|not part of the key/i;

/** Which request was refused, at which table, and why, as far as DynamoDB says. */
export function refusalDetails(cause: unknown): DatabaseRefusal {
  const request = failedRequestOf(cause);
  const { message = '' } = cause as Refusal;
  const reason = reasonOf(cause as Refusal, request);
  const action = reason === 'ACCESS_DENIED' ? /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] : undefined;
  const table = /:table\/([\w.-]+)/.exec(message)?.[1] ?? refusedTables(cause as Refusal, request);

  return {
    reason,
    ...(request && { operation: request.operation }),
    ...(table !== '' && { table }),
    ...(action !== undefined && { action }),
  };
}

function reasonOf(refusal: Refusal, request: FailedRequest | undefined): DatabaseRefusal['reason'] {
  const { name = '', message = '' } = refusal;
  const byName = reasonByName[name];
  if (byName) return byName;
  if (request?.reached === 'nothing') return 'CREDENTIALS_UNAVAILABLE';

  const messages = [message, ...refusedActions(refusal).map(({ Message = '' }) => Message)];
  return messages.some((text) => keySchemaMessage.test(text)) ? 'KEY_SCHEMA' : 'OTHER';
}

const refusedActions = ({ CancellationReasons = [] }: Refusal) =>
  CancellationReasons.filter(({ Code = 'None' }) => Code === 'ValidationError');

/** Those of the actions that were refused where DynamoDB tells them apart, or all that the request names. */
function refusedTables({ CancellationReasons = [] }: Refusal, request: FailedRequest | undefined): string {
  const all = request?.tableNames ?? [];
  const refused = all.filter((_, index) => CancellationReasons[index]?.Code === 'ValidationError');

  return [...new Set(refused.length > 0 ? refused : all)].join(', ');
}
