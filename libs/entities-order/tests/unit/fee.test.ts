import { feeBpsFrom, feeBpsSchema, feeOf, flatFee, MAX_FEE_BPS, type FeeSchedule } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';

const subject = { owner: 'alice', assetId: 'AAPL', orderType: 'MARKET_BUY' } as const;
const bps = fc.integer({ min: 0, max: MAX_FEE_BPS });
const notionals = fc.oneof(fc.bigInt(0n, 100_000n), fc.bigInt(MAX_MINOR - 1_000n, MAX_MINOR), fc.bigInt(0n, MAX_MINOR));

describe(feeOf, () => {
  it.each([
    [0n, 1_000, 0n],
    [1n, 0, 0n],
    [1n, 1, 1n],
    [10_000n, 1, 1n],
    [10_001n, 1, 2n],
    [150_250n, 25, 376n],
    [MAX_MINOR, 1, MAX_MINOR / 10_000n],
    [MAX_MINOR, 1_000, MAX_MINOR / 10n],
    [MAX_MINOR - 1n, 1_000, MAX_MINOR / 10n],
  ])('of %p at %p bps is %p', (notionalMinor, feeBps, fee) => {
    expect(feeOf(notionalMinor, feeBps)).toBe(fee);
  });

  it('is the least whole amount that is not below the exact fee, at any size', () => {
    fc.assert(
      fc.property(notionals, bps, (notionalMinor, feeBps) => {
        const exact = notionalMinor * BigInt(feeBps);
        const fee = feeOf(notionalMinor, feeBps);

        expect(fee * 10_000n >= exact && (fee - 1n) * 10_000n < exact).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves a seller of more than one minor unit something', () => {
    fc.assert(
      fc.property(notionals, bps, (notionalMinor, feeBps) => {
        expect(feeOf(notionalMinor + 2n, feeBps) < notionalMinor + 2n).toBe(true);
      }),
    );
  });
});

describe('feeBpsSchema', () => {
  it.each([0, 1, MAX_FEE_BPS])('accepts %p', (feeBps) => {
    expect(feeBpsSchema.parse(feeBps)).toBe(feeBps);
  });

  it.each([-1, MAX_FEE_BPS + 1, 0.5, NaN, '25', null])('refuses %p', (feeBps) => {
    expect(feeBpsSchema.safeParse(feeBps).success).toBe(false);
  });
});

describe(flatFee, () => {
  it('gives every order the same fee', () => {
    expect(flatFee(25).feeBpsFor(subject)).toBe(25);
  });

  it.each([-1, 1_001, 2.5])('refuses %p as a setting', (feeBps) => {
    expect(() => flatFee(feeBps)).toThrow(sharedErrors.ConfigurationError);
    expect(() => flatFee(feeBps)).toThrow(/feeBps/);
  });
});

describe(feeBpsFrom, () => {
  const failing = (failure: Error): FeeSchedule => ({ feeBpsFor: () => Promise.reject(failure) });

  it('asks with owner, asset and order type, and takes a promise of the fee too', async () => {
    const feeBpsFor = jest.fn(async () => 30);

    await expect(feeBpsFrom({ feeBpsFor }, subject)).resolves.toBe(30);
    expect(feeBpsFor).toHaveBeenCalledWith(subject);
  });

  it.each([-1, 1_001, 0.5, NaN, Infinity, '25', 25n, null, undefined, {}])('refuses %p of a schedule', async (fee) => {
    const schedule = { feeBpsFor: () => fee as number };

    await expect(feeBpsFrom(schedule, subject)).rejects.toMatchObject({
      code: 'FEE_INVALID',
      retryable: true,
      details: { assetId: 'AAPL', rule: 'must be a whole number from 0 to 1000' },
    });
  });

  it('tells of a schedule that fails, with its failure as the cause', async () => {
    const cause = new TypeError('tier is undefined');
    const thrown = feeBpsFrom(
      {
        feeBpsFor: () => {
          throw cause;
        },
      },
      subject,
    );

    const details = { assetId: 'AAPL' };
    await expect(thrown).rejects.toMatchObject({ code: 'FEE_UNAVAILABLE', retryable: true, cause, details });
    await expect(feeBpsFrom(failing(cause), subject)).rejects.toMatchObject({ code: 'FEE_UNAVAILABLE', cause });
  });

  it('passes on a DomainError of the schedule', async () => {
    const refusal = new sharedErrors.ThrottledError({ attempts: 1 });

    await expect(feeBpsFrom(failing(refusal), subject)).rejects.toBe(refusal);
  });
});
