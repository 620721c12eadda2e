import { compileRequest } from '@cnop/database-core';
import fc from 'fast-check';

const types = { pk: 'string', at: 'string', scale: 'number', amountMinor: 'bigint' } as const;

const build = ({ pk, at, scale, amountMinor }: { pk: string; at: string; scale: number; amountMinor: bigint }) => ({
  Update: {
    TableName: 'things',
    Key: { pk, sk: 'WALLET' },
    ExpressionAttributeNames: { '#scale': 'scale' },
    ExpressionAttributeValues: { ':at': at, ':scale': scale, ':amounts': [amountMinor, 1, { again: amountMinor }] },
    ReturnValues: null,
  },
});

describe(compileRequest, () => {
  it('makes the request that would have been built for the values', () => {
    const request = compileRequest(types, build);
    const values = fc.record({ pk: fc.string(), at: fc.string(), scale: fc.double(), amountMinor: fc.bigInt() });

    fc.assert(
      fc.property(values, (of) => {
        expect(request(of)).toStrictEqual(build(of));
      }),
    );
  });

  it('tells values of one type apart', () => {
    const four = { scale: 'number', version: 'number', priceMinor: 'bigint', amountMinor: 'bigint' } as const;
    const request = compileRequest(four, ({ scale, version, priceMinor, amountMinor }) => ({
      numbers: [scale, version],
      amounts: { priceMinor, amountMinor },
    }));

    expect(request({ scale: 2, version: 3, priceMinor: 5n, amountMinor: 7n })).toEqual({
      numbers: [2, 3],
      amounts: { priceMinor: 5n, amountMinor: 7n },
    });
  });

  it('builds once, however many requests it makes', () => {
    const built = jest.fn(build);
    const request = compileRequest(types, built);

    request({ pk: 'a', at: 'b', scale: 1, amountMinor: 2n });
    request({ pk: 'c', at: 'd', scale: 3, amountMinor: 4n });

    expect(built).toHaveBeenCalledTimes(1);
  });

  it('keeps requests apart', () => {
    const request = compileRequest({ pk: 'string' }, ({ pk }) => ({ Key: { pk } }));
    const [first, second] = [request({ pk: 'a' }), request({ pk: 'b' })];

    expect([first, second]).toEqual([{ Key: { pk: 'a' } }, { Key: { pk: 'b' } }]);
  });

  it('refuses a request that lacks a value', () => {
    expect(() => compileRequest({ pk: 'string', at: 'string' }, ({ pk }) => ({ pk }))).toThrow("'at'");
  });

  it('refuses a request that holds a value only as a part of a text', () => {
    expect(() => compileRequest({ user: 'string' }, ({ user }) => ({ pk: `USER#${user}` }))).toThrow('part of a text');
  });
});
