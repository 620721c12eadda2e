import {
  decodeOrdersItem,
  divideLadder,
  ordersItemKind,
  STREAM_LEASE_KEY,
  toExpiryCheckpointItem,
  toLadderPartItem,
  toOrderItem,
  toTriggerCursorItem,
  toWorkerLeaseItem,
} from '@cnop/entities-order/table';
import { makeOrder } from '@cnop/entities-order/testing';

const at = '2026-03-02T14:00:00.000Z';
const stamp = { createdAt: at, writeId: 'w-1' };
const rungs = [
  { anchor: at, markMinor: 9n },
  { anchor: '2026-03-02T14:00:04.000Z', markMinor: 7n },
];
const [part] = divideLadder(rungs, { kind: 'HIGH', asOf: at, stored: [] });
if (!part) throw new Error('There is no part.');

describe(decodeOrdersItem, () => {
  const order = makeOrder();
  const cursor = { assetId: 'BTC', asOf: at, parts: [part.name] };
  const lease = { assetId: 'BTC', holder: 'worker-1', leasedUntil: at };

  it.each([
    [toOrderItem(order, { requestHash: 'h', writeId: 'w' }), { kind: 'order', order }],
    [toTriggerCursorItem(cursor, stamp), { kind: 'trigger-checkpoint', cursor }],
    [
      { ...toLadderPartItem({ assetId: 'BTC', ...part }, stamp), ttl: 1_767_323_045 },
      { kind: 'ladder-part', part: { assetId: 'BTC', name: part.name, rungs, ttl: 1_767_323_045 } },
    ],
    [
      toExpiryCheckpointItem({ hour: '2026-03-02T14' }, stamp),
      { kind: 'expiry-checkpoint', checkpoint: { hour: '2026-03-02T14' } },
    ],
    [toWorkerLeaseItem(lease, stamp), { kind: 'worker-lease', lease }],
    [{ pk: STREAM_LEASE_KEY, sk: 'shard-1', holder: 'worker-1' }, { kind: 'stream-lease' }],
  ])('reads every kind of item: %#', (item, record) => {
    expect(decodeOrdersItem(item)).toStrictEqual(record);
  });

  it.each([
    { pk: 'ORDER#1', sk: 'LATER' },
    { pk: 'TRIGGER#BTC', sk: 'LATER' },
    { pk: 'EXPIRY', sk: 'LATER' },
    { pk: 'LATER', sk: 'CHECKPOINT' },
  ])('leaves an item of a kind that it does not know: $pk $sk', (item) => {
    expect(decodeOrdersItem(item)).toEqual({ kind: 'unknown' });
  });

  it('keeps every kind of item under a key of its own', () => {
    const items = [toTriggerCursorItem(cursor, stamp), toLadderPartItem({ assetId: 'BTC', ...part }, stamp)];

    expect(items.map(({ pk, sk }) => [pk, sk])).toEqual([
      ['TRIGGER#BTC', 'CHECKPOINT'],
      ['TRIGGER#BTC', `PART#${part.name}`],
    ]);
    expect(toExpiryCheckpointItem({ hour: 'h' }, stamp)).toMatchObject({ pk: 'EXPIRY', sk: 'CHECKPOINT' });
    expect(toWorkerLeaseItem(lease, stamp)).toMatchObject({ pk: 'WORKER#LEASE', sk: 'BTC' });
    expect(ordersItemKind({ pk: 'TRIGGER#BTC', sk: 'PART#x' })).toBe('ladder-part');
  });

  it('names the item whose rungs cannot be read', () => {
    const item = { ...toLadderPartItem({ assetId: 'BTC', ...part }, stamp), rungs: 'gA==' };

    expect(() => decodeOrdersItem(item)).toThrow('Malformed ladder part item TRIGGER#BTC: an integer without its end.');
    expect(() => decodeOrdersItem({ ...item, rungs: 'AQ==' })).toThrow('a rung without its mark');
  });
});
