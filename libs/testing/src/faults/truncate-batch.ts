import { errorAnswer, isSuccess, replaceBody } from './answers.ts';
import type { Fault, FaultyCall, HttpAnswer } from './fault.ts';

export interface TruncateBatchOptions {
  /** How many of the requests are carried out, the first of the batch; by default some but not all, as the seed decides. */
  readonly keep?: number;
}

type WriteItems = Readonly<Record<string, readonly unknown[]>>;
type ReadItems = Readonly<Record<string, { readonly Keys: readonly unknown[] }>>;
type Batch = Readonly<Record<string, unknown>>;

/** How a kind of batch holds its requests: as entries of a table, to be taken apart and put together again. */
interface BatchKind {
  readonly unprocessed: 'UnprocessedItems' | 'UnprocessedKeys';
  listOf(batch: Batch, table: string): readonly unknown[];
  withList(batch: Batch, table: string, list: readonly unknown[]): unknown;
}

const writes: BatchKind = {
  unprocessed: 'UnprocessedItems',
  listOf: (batch, table) => (batch as WriteItems)[table] ?? [],
  withList: (_, __, list) => list,
};

const reads: BatchKind = {
  unprocessed: 'UnprocessedKeys',
  listOf: (batch, table) => (batch as ReadItems)[table]?.Keys ?? [],
  withList: (batch, table, Keys) => ({ ...(batch as ReadItems)[table], Keys }),
};

/**
 * Only a part of a batch is carried out, the rest is answered as UnprocessedItems or UnprocessedKeys. Affects BatchWriteItem and
 * BatchGetItem only. If nothing at all is carried out, the answer is ProvisionedThroughputExceededException, as with DynamoDB.
 */
export function truncateBatch({ keep }: TruncateBatchOptions = {}): Fault {
  return {
    name: 'truncated batch',
    appliesTo: ({ target }) => target === 'BatchWriteItem' || target === 'BatchGetItem',
    apply: async (call) => {
      const count = requestCount(call);
      const kept = Math.min(count, keep ?? 1 + Math.floor(call.random() * (count - 1)));
      const none = kept === 0 || (keep === undefined && count === 1);

      return none ? errorAnswer('ProvisionedThroughputExceededException') : await sendPart(call, kept);
    },
  };
}

const kindOf = ({ target }: FaultyCall) => (target === 'BatchWriteItem' ? writes : reads);

function requestCount(call: FaultyCall): number {
  const { RequestItems: batch } = JSON.parse(call.body) as { RequestItems: Batch };

  return Object.keys(batch).reduce((count, table) => count + kindOf(call).listOf(batch, table).length, 0);
}

async function sendPart(call: FaultyCall, keep: number): Promise<HttpAnswer> {
  const kind = kindOf(call);
  const request = JSON.parse(call.body) as { RequestItems: Batch };
  const [kept, left] = split(kind, request.RequestItems, keep);
  const answer = await call.send(JSON.stringify({ ...request, RequestItems: kept }));
  if (!isSuccess(answer)) return answer;

  const body = JSON.parse(new TextDecoder().decode(answer.body)) as Record<string, Batch | undefined>;
  return replaceBody(answer, { ...body, [kind.unprocessed]: join(kind, body[kind.unprocessed] ?? {}, left) });
}

function split(kind: BatchKind, batch: Batch, keep: number): [kept: Batch, left: Batch] {
  const kept: Record<string, unknown> = {};
  const left: Record<string, unknown> = {};
  let room = keep;

  for (const table of Object.keys(batch)) {
    const list = kind.listOf(batch, table);
    const head = list.slice(0, room);
    const tail = list.slice(room);

    room -= head.length;
    if (head.length > 0) kept[table] = kind.withList(batch, table, head);
    if (tail.length > 0) left[table] = kind.withList(batch, table, tail);
  }
  return [kept, left];
}

/** What the service itself left unprocessed, and what was never sent. */
function join(kind: BatchKind, one: Batch, other: Batch): Batch {
  const both = { ...one, ...other };
  const tables = Object.keys(both);

  return Object.fromEntries(
    tables.map((table) => {
      const list = [...kind.listOf(one, table), ...kind.listOf(other, table)];
      return [table, kind.withList(both, table, list)];
    }),
  );
}
