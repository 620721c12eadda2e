import { multiplyAmounts } from '@cnop/utils';
import * as fc from 'fast-check';
import { planPrice, planSteps } from '../../src/clients/plan.ts';
import { changeOf } from '../../src/clients/step-change.ts';
import { planBooks } from '../../src/rounds/plan-books.ts';

const options = { seed: 5, round: 2, client: 3, accounts: 4, steps: 3_300, firstId: 100 };

describe(planSteps, () => {
  it('comes out the same for the same options, and differently for any other client, round or seed', () => {
    const others = [{ seed: 6 }, { round: 3 }, { client: 4 }].map((other) => planSteps({ ...options, ...other }));

    expect(planSteps(options)).toEqual(planSteps(options));
    expect(others.filter((steps) => JSON.stringify(steps) === JSON.stringify(planSteps(options)))).toEqual([]);
  });

  it('names each step and uses every account and every kind', () => {
    const steps = planSteps(options);

    expect(steps.map(({ id }) => id)).toEqual(Array.from({ length: 3_300 }, (_, at) => 100 + at));
    expect(new Set(steps.map(({ account }) => account))).toEqual(new Set([0, 1, 2, 3]));
    expect(new Set(steps.map(({ kind }) => kind)).size).toBe(6);
  });
});

describe(planPrice, () => {
  it('follows from seed and round', () => {
    expect(planPrice(5, 2)).toBe(planPrice(5, 2));
    expect(new Set([1, 2, 3, 4].map((round) => planPrice(5, round))).size).toBeGreaterThan(1);
  });
});

describe(changeOf, () => {
  it('adds a deposit and takes a withdrawal', () => {
    expect(changeOf({ kind: 'deposit', id: 1, account: 0, amountMinor: 5 }, 100)).toEqual({ cash: 5n, asset: 0n });
    expect(changeOf({ kind: 'withdraw', id: 1, account: 0, amountMinor: 5 }, 100)).toEqual({ cash: -5n, asset: 0n });
  });

  it('trades at what the library reckons too, rounded against the user', () => {
    fc.assert(
      fc.property(fc.nat(30_000), fc.integer({ min: 1, max: 10_000 }), (quantityMinor, priceMinor) => {
        const product = (rounding: 'up' | 'down') =>
          multiplyAmounts({
            priceMinor: BigInt(priceMinor),
            priceScale: 2,
            quantityMinor: BigInt(quantityMinor),
            quantityScale: 3,
            resultScale: 2,
            rounding,
          });
        const step = { id: 1, account: 0, quantityMinor };

        expect(changeOf({ ...step, kind: 'buy' }, priceMinor)).toEqual({
          cash: -product('up'),
          asset: BigInt(quantityMinor),
        });
        expect(changeOf({ ...step, kind: 'sell' }, priceMinor)).toEqual({
          cash: product('down'),
          asset: -BigInt(quantityMinor),
        });
      }),
    );
  });
});

describe(planBooks, () => {
  it.each([1, 2, 399, 10_000, 10_001, 200_000])('shares %d operations among books of two rounds', (operations) => {
    const books = planBooks(operations);
    const rounds = books.flat();

    expect(books.every((book) => book.length === 2)).toBe(true);
    expect(rounds.map(({ round }) => round)).toEqual(rounds.map((_, at) => at + 1));
    expect(rounds.reduce((sum, round) => sum + round.operations, 0)).toBe(operations);
    expect(Math.max(...rounds.map((round) => round.operations))).toBeLessThanOrEqual(5_000);
    rounds.reduce((firstId, round) => {
      expect(round.firstId).toBe(firstId);
      return firstId + round.operations;
    }, 1);
  });
});
