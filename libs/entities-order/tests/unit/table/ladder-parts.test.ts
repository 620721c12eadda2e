import fc from 'fast-check';
import type { Rung, WatermarkKind } from '@cnop/entities-order';
import { divideLadder, fromLadderPartItem, readPartName, toLadderPartItem } from '@cnop/entities-order/table';
import { MAX_MINOR } from '@cnop/utils';
import { packLadder, unpackLadder } from '../../../src/table/pack-ladder.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 2, 2) + ms).toISOString();
const stamp = { createdAt: at(0), writeId: 'w-1' };

/** Rungs as ticks of every second make them: anchors rise, marks fall or rise. */
const arbitraryRungs = (kind: WatermarkKind): fc.Arbitrary<Rung[]> =>
  fc
    .record({
      first: fc.bigInt(1n, MAX_MINOR / 2n),
      steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 10 ** 10 }), fc.bigInt(1n, 10n ** 20n)), { maxLength: 30 }),
    })
    .map(({ first, steps }) => {
      let [ms, mark] = [0, first];
      return steps.map(([elapsed, step]) => {
        [ms, mark] = [ms + elapsed, kind === 'LOW' ? mark + step : mark - step];
        return { anchor: at(ms), markMinor: mark };
      });
    });

/** A ladder that takes several parts: five bytes for each rung after the first. */
const longLadder = (rungs: number, firstMark = 10n ** 9n): Rung[] =>
  Array.from({ length: rungs }, (_, index) => ({
    anchor: at(index * 61_000),
    markMinor: firstMark - BigInt(index * 97),
  }));

const readParts = (parts: ReturnType<typeof divideLadder>) =>
  parts.flatMap((part) => fromLadderPartItem(toLadderPartItem({ assetId: 'BTC', ...part }, stamp)).rungs);

describe(packLadder, () => {
  it('gives the same rungs back', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryRungs('HIGH'), arbitraryRungs('LOW')), (rungs) => {
        const parts = packLadder(rungs);

        expect(parts.flatMap(({ text }) => unpackLadder(text))).toStrictEqual(rungs);
        expect(parts.flatMap((part) => part.rungs)).toStrictEqual(rungs);
      }),
    );
  });

  it('takes fewer than 18 bytes a rung, and at most 8,000 characters a part', () => {
    const rungs = longLadder(5_000);
    const parts = packLadder(rungs);

    expect(parts.length).toBeGreaterThan(2);
    for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(8_000);
    expect(parts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(rungs.length * 18);
    expect(parts.flatMap(({ text }) => unpackLadder(text))).toStrictEqual(rungs);
  });

  it('fills a part to its last byte', () => {
    // The first rung takes 6 bytes for its anchor and 4 for its mark.
    const lengthsOf = (rungs: number) => packLadder(longLadder(rungs, 10n ** 8n)).map(({ text }) => text.length);

    expect(lengthsOf(1_199)).toEqual([8_000]);
    expect(lengthsOf(1_200)).toEqual([8_000, expect.any(Number)]);
  });

  it('gives steps of every small size back', () => {
    let markMinor = 10n ** 6n;
    const rungs = Array.from({ length: 300 }, (_, step) => {
      markMinor -= BigInt(step);
      return { anchor: at((step * (step + 1)) / 2), markMinor };
    });

    expect(packLadder(rungs).flatMap(({ text }) => unpackLadder(text))).toStrictEqual(rungs);
  });

  it('gives marks back that are as high as the one before', () => {
    const rungs = [1, 2].map((second) => ({ anchor: at(second), markMinor: 5n }));

    expect(packLadder(rungs).flatMap(({ text }) => unpackLadder(text))).toStrictEqual(rungs);
  });
});

describe(unpackLadder, () => {
  it('refuses a text that was cut', () => {
    const [part] = packLadder([{ anchor: at(0), markMinor: 5n }]);
    const bytes = Buffer.from(part?.text ?? '', 'base64');
    const cut = (length: number) => bytes.subarray(0, length).toString('base64');

    expect(() => unpackLadder(cut(bytes.length - 1))).toThrow('a rung without its mark');
    expect(() => unpackLadder(cut(bytes.length - 2))).toThrow('an integer without its end');
    expect(unpackLadder(cut(0))).toEqual([]);
  });
});

describe(divideLadder, () => {
  const options = { kind: 'HIGH', asOf: at(1), stored: [] } as const;
  const namesOf = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name);

  it('names each part by checkpoint, ladder, first rung and content', () => {
    const [part] = divideLadder([{ anchor: at(5), markMinor: 7n }], options);

    expect(readPartName(part?.name ?? '')).toEqual({
      asOf: at(1),
      kind: 'HIGH',
      anchor: at(5),
      digest: expect.stringMatching(/^[\w-]{16}$/) as string,
    });
    expect(divideLadder([], options)).toEqual([]);
    const [low] = divideLadder([{ anchor: at(5), markMinor: 7n }], { ...options, kind: 'LOW' });
    expect(low?.name).toMatch(/Z#L#/);
    expect(readPartName(low?.name ?? '').kind).toBe('LOW');
  });

  it('keeps the parts whose rungs are unchanged, and writes only the newest anew', () => {
    const rungs = longLadder(5_000);
    const before = namesOf(divideLadder(rungs, options));
    const newer = [...rungs.slice(0, -2), { anchor: rungs.at(-2)!.anchor, markMinor: 10n ** 9n - 4_998n * 97n + 1n }];

    const after = divideLadder(newer, { ...options, asOf: at(2), stored: before });

    expect(namesOf(after).slice(0, -1)).toEqual(before.slice(0, -1));
    expect(readPartName(after.at(-1)?.name ?? '').asOf).toBe(at(2));
    expect(readParts(after)).toStrictEqual(newer);
  });

  it('keeps long parts after one that was thinned out', () => {
    const rungs = longLadder(5_000);
    const before = namesOf(divideLadder(rungs, options));
    const thinner = rungs.filter((_, index) => index !== 10);

    const after = divideLadder(thinner, { ...options, asOf: at(2), stored: before });

    expect(namesOf(after).slice(1, -1)).toEqual(before.slice(1, -1));
    expect(after[0]?.name).not.toBe(before[0]);
    expect(readParts(after)).toStrictEqual(thinner);
  });

  it('puts small parts together with what changes', () => {
    const rungs = longLadder(5_000);
    const before = namesOf(divideLadder(rungs, options));
    const thin = rungs.filter((_, index) => index % 50 === 0);

    const once = namesOf(divideLadder(thin, { ...options, asOf: at(2), stored: before }));

    expect(once).toHaveLength(1);
  });

  it('keeps a part from 2,000 characters on', () => {
    const keptOf = (rungs: number) => {
      // The first rung takes 6 bytes for its anchor and 7 for its mark.
      const ladder = longLadder(rungs, 10n ** 13n);
      const [part] = divideLadder(ladder, options);
      const [again] = divideLadder(ladder, { ...options, asOf: at(2), stored: namesOf(part ? [part] : []) });

      return [part?.text.length, again?.name === part?.name];
    };

    expect(keptOf(298)).toEqual([2_000, true]);
    expect(keptOf(297)).toEqual([1_992, false]);
  });

  it('keeps parts in whatever order their names are stored', () => {
    const rungs = longLadder(5_000);
    const before = namesOf(divideLadder(rungs, options));

    const after = divideLadder(rungs, { ...options, asOf: at(2), stored: before.toReversed() });

    // The last one is short, and written anew.
    expect(namesOf(after).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it('writes a full part anew together with the rungs that came after it', () => {
    const rungs = longLadder(5_000);
    const [full] = divideLadder(rungs, options);

    const after = divideLadder(rungs, { ...options, asOf: at(2), stored: namesOf(full ? [full] : []) });

    expect(readParts(after)).toStrictEqual(rungs);
  });

  it('never takes a part of the other ladder for its own', () => {
    const rungs = longLadder(5_000);
    const before = namesOf(divideLadder(rungs, options));

    const low = namesOf(divideLadder(rungs, { kind: 'LOW', asOf: at(2), stored: before }));

    expect(low.filter((name) => before.includes(name))).toEqual([]);
  });

  it('gives the ladder back, whatever was stored before', () => {
    const someOf = fc.subarray(longLadder(3_000), { minLength: 0 });

    fc.assert(
      fc.property(fc.array(someOf, { minLength: 1, maxLength: 4 }), (ladders) => {
        let stored: string[] = [];

        ladders.forEach((ladder, index) => {
          const parts = divideLadder(ladder, { kind: 'HIGH', asOf: at(index), stored });
          stored = namesOf(parts);

          expect(readParts(parts)).toStrictEqual(ladder);
        });
      }),
      { numRuns: 15 },
    );
  });
});
