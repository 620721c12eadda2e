import { assetChangesOf, assetCreateSchema, assetUpdateSchema, newAsset } from '@cnop/entities-inventory';
import { makeAsset, makeAssetCreate } from '@cnop/entities-inventory/testing';
import fc from 'fast-check';

const createdAt = '2026-01-01T00:00:00.000Z';
const terms = { maxTickMoveBps: 500, execution: 'VENUE', maxFills: 8, triggerShards: 2, triggerReadShards: 4 } as const;
const unreadShards = expect.objectContaining({
  code: 'VALIDATION_FAILED',
  details: { issues: [expect.objectContaining({ pointer: '/triggerReadShards', rule: 'too_small' })] },
}) as Error;

describe('the terms of standing orders on an asset', () => {
  it('are taken into a new asset', () => {
    expect(assetCreateSchema.parse({ ...makeAssetCreate(), ...terms })).toMatchObject(terms);
    expect(newAsset(makeAssetCreate(terms), createdAt)).toMatchObject(terms);
  });

  it('are absent where that says the same', () => {
    const create = makeAssetCreate({ execution: 'PLATFORM', triggerShards: 1, triggerReadShards: 1 });

    expect(newAsset(create, createdAt)).toStrictEqual(newAsset(makeAssetCreate(), createdAt));
    expect(
      assetChangesOf({ execution: 'PLATFORM', triggerShards: 1, triggerReadShards: 1 }, makeAsset(terms)),
    ).toStrictEqual({ execution: null, triggerShards: null, triggerReadShards: null });
  });

  it('are changed by name, and taken away by null', () => {
    const update = assetUpdateSchema.parse({ maxTickMoveBps: null, execution: null, maxFills: 3, triggerShards: null });

    expect(assetChangesOf(update, makeAsset(terms))).toStrictEqual({
      maxTickMoveBps: null,
      execution: null,
      maxFills: 3,
      triggerShards: null,
    });
  });

  it.each([
    { maxTickMoveBps: 0 },
    { maxTickMoveBps: 10_000 },
    { maxTickMoveBps: 0.5 },
    { maxTickMoveBps: '5' },
    { execution: 'BROKER' },
    { maxFills: 0 },
    { maxFills: 33 },
    { triggerShards: 0 },
    { triggerShards: 65 },
    { triggerReadShards: 65 },
    { triggersPaused: true },
  ])('are refused as %p', (wrong) => {
    expect(assetCreateSchema.safeParse({ ...makeAssetCreate(), ...wrong }).success).toBe(false);
    expect(assetUpdateSchema.safeParse(wrong).success).toBe(false);
  });

  it('never have more shards written than read, whichever of the two is changed', () => {
    const shards = fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined });
    const changes = fc.option(fc.option(fc.integer({ min: 1, max: 64 }), { nil: null }), { nil: undefined });

    fc.assert(
      fc.property(fc.tuple(shards, shards), fc.tuple(changes, changes), (current, [written, read]) => {
        const [triggerShards, triggerReadShards] = current;
        const change = () =>
          assetChangesOf(
            { triggerShards: written, triggerReadShards: read },
            makeAsset({ triggerShards, triggerReadShards }),
          );
        const after = (changed: number | null | undefined, before = 1) =>
          changed === undefined ? before : (changed ?? 1);

        if (after(read, triggerReadShards) >= after(written, triggerShards)) expect(change).not.toThrow();
        else expect(change).toThrow(unreadShards);
      }),
    );
  });

  it('are refused in a new asset that would write more shards than are read', () => {
    expect(() => newAsset(makeAssetCreate({ triggerShards: 2 }), createdAt)).toThrow(unreadShards);
    expect(newAsset(makeAssetCreate({ triggerReadShards: 2 }), createdAt)).toMatchObject({ triggerReadShards: 2 });
  });
});
