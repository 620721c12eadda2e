import { compileItemParser, type ItemOf } from '@cnop/stored-items/compile';
import { item, list, map, number, string } from 'dynamodb-toolbox/schema';
import { expectTypeOf } from 'expect-type';

const schema = item({
  pk: string().key(),
  side: string().enum('BUY', 'SELL'),
  scale: number(),
  amountMinor: number().big(),
  limitMinor: number().big().optional(),
  fills: list(map({ priceMinor: number().big(), note: string().optional() })).optional(),
});
const check = compileItemParser(schema);
type Item = ItemOf<typeof schema>;

describe('the type of an item', () => {
  it('is what a compiled parser gives', () => {
    expectTypeOf(check).returns.toEqualTypeOf<Item>();
  });

  it('has amounts as bigint and other numbers as number', () => {
    expectTypeOf<Item['amountMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<Item['limitMinor']>().toEqualTypeOf<bigint | undefined>();
    expectTypeOf<Item['scale']>().toEqualTypeOf<number>();
  });

  it('has the values of an enum, and the same within lists and maps', () => {
    expectTypeOf<Item['side']>().toEqualTypeOf<'BUY' | 'SELL'>();
    expectTypeOf<NonNullable<Item['fills']>[number]['priceMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<NonNullable<Item['fills']>[number]['note']>().toEqualTypeOf<string | undefined>();
  });
});
