import { asideShard, openKeysOf, venueShard, type Order, type TriggerKeys } from '@cnop/entities-order';
import type { BrokenInvariant } from './broken-invariant.ts';
import { orderFinding } from './order-findings.ts';
import type { Stored } from './reading.ts';

/** Into how many parts the indexes are read; an order in one of them is found. `undefined`: nobody says. */
export interface ReadShards {
  readonly trigger: number | undefined;
  readonly expiry: number;
}

const shardNames = ['riseShard', 'fallShard', 'trailShard', 'expiryShard'] as const;
const sortNames = ['riseSort', 'fallSort', 'trailSort', 'expirySort'] as const;

/** The keys of an order that are not what follows from it, as one finding. */
export function triggerKeyFindings({ value: order, raw }: Stored<Order>, shards: ReadShards): BrokenInvariant[] {
  const keys = keysOf(order);
  if (typeof keys === 'string') return [orderFinding('trigger-keys-differ', order, { items: [raw], expected: keys })];

  const wrongSorts = sortNames.filter((name) => raw[name] !== keys[name]);
  const wrongShards = shardNames.filter(
    (name) =>
      !isShardRight(
        order,
        { expected: keys[name], found: raw[name] },
        shards[name === 'expiryShard' ? 'expiry' : 'trigger'],
      ),
  );
  const wrong = [...wrongShards, ...wrongSorts];
  if (wrong.length === 0) return [];

  const textOf = (values: Readonly<Record<string, unknown>>) =>
    wrong.map((name) => `${name} ${values[name] === undefined ? 'absent' : JSON.stringify(values[name])}`).join(', ');
  return [
    orderFinding('trigger-keys-differ', order, { items: [raw], expected: textOf({ ...keys }), found: textOf(raw) }),
  ];
}

/** The keys in the first of all parts, or why there are none: what is stored may be no terms at all. */
function keysOf(order: Order): Partial<TriggerKeys> | string {
  try {
    return openKeysOf(order, { trigger: 1, expiry: 1 });
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a part of an index is the one that is expected or another that is read; the lists of an asset have one part each. */
function isShardRight(
  { assetId }: Order,
  { expected, found }: { readonly expected: string | undefined; readonly found: unknown },
  shards: number | undefined,
): boolean {
  if (expected === undefined || expected === asideShard(assetId) || expected === venueShard(assetId))
    return found === expected;
  if (typeof found !== 'string') return false;

  const stem = expected.slice(0, expected.lastIndexOf('#') + 1);
  const shard = found.slice(stem.length);
  return found.startsWith(stem) && /^(0|[1-9]\d?)$/u.test(shard) && (shards === undefined || Number(shard) < shards);
}
