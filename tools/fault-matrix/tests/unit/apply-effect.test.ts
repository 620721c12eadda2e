import { applyEffect, differenceOf } from '../../src/facts/apply-effect.ts';

describe(applyEffect, () => {
  it('takes lines away and adds others, in a fixed order', () => {
    expect(applyEffect(['c', 'a'], ['- c', '+ b', '+ a'])).toEqual(['a', 'a', 'b']);
  });

  it('takes one line of two that are the same', () => {
    expect(applyEffect(['a', 'a'], ['- a'])).toEqual(['a']);
  });

  it('is undefined where there is nothing to take away', () => {
    expect(applyEffect(['a'], ['- b'])).toBeUndefined();
  });
});

describe(differenceOf, () => {
  it('is the effect that makes one of the other', () => {
    expect(differenceOf(['a', 'b', 'b'], ['b', 'c'])).toEqual(['- a', '- b', '+ c']);
    expect(differenceOf(['a'], ['a'])).toEqual([]);
  });
});
