import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CallContext, forgetSending } from './failed-requests.ts';

const expired = new Set<unknown>(['ExpiredTokenException', 'ExpiredToken']);

interface Keys {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

/**
 * Makes two clients with the same credentials drop keys that have expired, and ask their provider for others: once for all requests that
 * were signed with them. A read is then sent again, once; a write is left to the runner.
 *
 * A request that is refused by its keys was certainly not carried out. Where the provider has no others, it fails for that reason.
 */
export function renewExpiredKeys(readClient: DynamoDBClient, writeClient: DynamoDBClient): void {
  const { credentials } = readClient.config;
  let renewal: Promise<unknown> | undefined;

  const renew = async (refused: Keys | undefined) => {
    if (refused && !renewal && !isSame(refused, await credentials())) return;

    renewal ??= credentials({ forceRefresh: true }).finally(() => {
      renewal = undefined;
    });
    await renewal;
  };

  for (const client of [readClient, writeClient]) {
    client.middlewareStack.add(
      (next, context: CallContext) => async (args) => {
        try {
          return await next(args);
        } catch (failure) {
          if (!expired.has((failure as Partial<Error>).name)) throw failure;

          const refused = context.__smithy_context?.selectedHttpAuthScheme?.identity as Keys | undefined;
          forgetSending(context);
          await renew(refused);
          if (client === writeClient) throw failure;
          return await next(args);
        }
      },
      { name: 'cnopRenewExpiredKeys', step: 'initialize', priority: 'low' },
    );
  }
}

const isSame = (one: Keys, other: Keys): boolean =>
  one.accessKeyId === other.accessKeyId && one.sessionToken === other.sessionToken;
