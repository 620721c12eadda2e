import { sharedErrors } from '@cnop/exceptions';
import { allOf, assertRules, firstBroken, type Rule } from '@cnop/validation';

interface Subject {
  readonly active: boolean;
  readonly quantity: number;
}

const inactive = new sharedErrors.OverloadedError({});
const tooSmall = new sharedErrors.InvalidAmountError({ rule: 'minimum' });
const isActive: Rule<Subject> = ({ active }) => (active ? undefined : inactive);
const isEnough: Rule<Subject> = ({ quantity }) => (quantity >= 2 ? undefined : tooSmall);

describe(firstBroken, () => {
  it('gives nothing when all rules hold, or there are none', () => {
    expect(firstBroken({ active: true, quantity: 2 }, [isActive, isEnough])).toBeUndefined();
    expect(firstBroken({ active: false, quantity: 0 }, [])).toBeUndefined();
  });

  it('gives the error of the first broken rule, in the order given', () => {
    const subject = { active: false, quantity: 1 };

    expect(firstBroken(subject, [isActive, isEnough])).toBe(inactive);
    expect(firstBroken(subject, [isEnough, isActive])).toBe(tooSmall);
  });

  it('does not ask the rules after the first broken one', () => {
    const never = jest.fn<undefined, []>();

    firstBroken({ active: false, quantity: 1 }, [isActive, never]);

    expect(never).not.toHaveBeenCalled();
  });
});

describe(allOf, () => {
  it('makes one rule of several, and of such rules again', () => {
    const rule = allOf(allOf(isActive), allOf<Subject>(), isEnough);

    expect(rule({ active: true, quantity: 2 })).toBeUndefined();
    expect(rule({ active: true, quantity: 1 })).toBe(tooSmall);
    expect(rule({ active: false, quantity: 1 })).toBe(inactive);
  });
});

describe(assertRules, () => {
  it('throws the error of the first broken rule', () => {
    expect(() => assertRules({ active: true, quantity: 1 }, [isActive, isEnough])).toThrow(tooSmall);
  });

  it('takes a subject for which all rules hold', () => {
    expect(() => assertRules({ active: true, quantity: 2 }, [isActive, isEnough])).not.toThrow();
  });
});
