import { setTimeout } from 'node:timers/promises';

interface WireWrite {
  readonly TableName: string;
  readonly Key?: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  readonly Item?: WireWrite['Key'];
}

interface WireTransaction {
  readonly TransactItems: readonly Readonly<Record<string, WireWrite>>[];
}

/** A store that only knows which items are being written. */
export interface ConflictingStore {
  readonly requestHandler: { handle(request: unknown): Promise<unknown> };
  /** How many requests it has answered. */
  requests(): number;
}

/** A request handler that refuses a transaction whose items are in another one, as DynamoDB does and no emulator. */
export function createConflictingStore(transactionMs: number): ConflictingStore {
  const inFlight = new Set<string>();
  let requests = 0;

  const write = async (request: unknown): Promise<unknown> => {
    requests += 1;
    const keys = keysOf((request as { body: Uint8Array }).body);
    const conflicts = keys.map((key) => inFlight.has(key));

    if (conflicts.includes(true)) {
      await setTimeout(1);
      return cancelled(conflicts);
    }
    for (const key of keys) inFlight.add(key);
    await setTimeout(transactionMs);
    for (const key of keys) inFlight.delete(key);
    return answer(200, {});
  };

  return { requestHandler: { handle: write }, requests: () => requests };
}

function keysOf(body: Uint8Array): string[] {
  const { TransactItems } = JSON.parse(new TextDecoder().decode(body)) as WireTransaction;

  return TransactItems.flatMap((action) => Object.values(action)).map(({ TableName, Key, Item }) => {
    const key = Key ?? Item;
    return `${TableName} ${String(key?.pk.S)} ${String(key?.sk.S)}`;
  });
}

const cancelled = (conflicts: readonly boolean[]) =>
  answer(400, {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'Transaction cancelled.',
    CancellationReasons: conflicts.map((conflict) => ({ Code: conflict ? 'TransactionConflict' : 'None' })),
  });

const answer = (statusCode: number, body: object) => ({
  response: {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  },
});
