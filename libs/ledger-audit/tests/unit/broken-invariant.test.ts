import { brokenInvariant } from '../../src/broken-invariant.ts';

describe(brokenInvariant, () => {
  it('is JSON-safe and exact', () => {
    const item = {
      pk: 'ORDER#1',
      sk: 'ORDER',
      heldMinor: 10n ** 24n,
      fills: [{ priceMinor: 1n }],
      tags: new Set(['a', 1n]),
      blob: new Uint8Array([104, 105]),
      note: null,
      version: 1,
    };

    const finding = brokenInvariant('order-held-negative', { orderId: '1', items: [item, undefined], found: -1n });

    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
    expect(finding).toEqual({
      invariant: 2,
      rule: 'order-held-negative',
      message: 'The order holds an amount below zero.',
      orderId: '1',
      found: '-1',
      items: [
        {
          pk: 'ORDER#1',
          sk: 'ORDER',
          heldMinor: '1000000000000000000000000',
          fills: [{ priceMinor: '1' }],
          tags: ['a', '1'],
          blob: 'aGk=',
          note: null,
          version: 1,
        },
      ],
    });
  });

  it('shows no more than the address of a profile', () => {
    const profile = { pk: 'USER#ada', sk: 'PROFILE', email: 'a@b.c', passwordHash: 'secret', firstName: 'Ada' };

    const { items } = brokenInvariant('email-claim-missing', { items: [profile] });

    expect(items).toEqual([{ pk: 'USER#ada', sk: 'PROFILE', email: 'a@b.c' }]);
  });

  it('shows twenty items and counts the others', () => {
    const items = Array.from({ length: 25 }, (_, index) => ({ index }));

    const finding = brokenInvariant('balance-missing', { items, omittedItems: 3 });

    expect(finding.items).toHaveLength(20);
    expect(finding.omittedItems).toBe(8);
  });
});
