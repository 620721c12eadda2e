import { lastCloses, listStocks, loadPriceHistory, stockNames, toMonthlyCloses } from '@cnop/demo';

describe(loadPriceHistory, () => {
  it('has 560 closes of five stocks over 123 months', () => {
    const history = loadPriceHistory();

    expect(history).toHaveLength(123);
    expect(history.flatMap(({ prices }) => Object.keys(prices))).toHaveLength(560);
    expect(history[0]).toMatchObject({ month: '2000-01-01T00:00:00.000Z', prices: { MSFT: '39.81' } });
    expect([...lastCloses(history).keys()].sort()).toEqual(Object.keys(stockNames));
  });
});

describe(toMonthlyCloses, () => {
  it('sorts the months, whatever the order of the rows', () => {
    const history = toMonthlyCloses('symbol,date,price\nA,Feb 1 2000,2.5\nB,Jan 1 2000,3\nA,Jan 1 2000,2\n');

    expect(history).toEqual([
      { month: '2000-01-01T00:00:00.000Z', prices: { B: '3', A: '2' } },
      { month: '2000-02-01T00:00:00.000Z', prices: { A: '2.5' } },
    ]);
    expect([...lastCloses(history)]).toEqual([
      ['B', { price: '3', month: '2000-01-01T00:00:00.000Z' }],
      ['A', { price: '2.5', month: '2000-02-01T00:00:00.000Z' }],
    ]);
  });

  it.each([
    ['a malformed price', 'symbol,date,price\nA,Jan 1 2000,2\nA,Feb 1 2000,x\n', /Line 3/],
    ['a malformed date', 'symbol,date,price\nA,Foo 1 2000,2\n', /Line 2/],
    ['other columns', 'name,date,price\nA,Jan 1 2000,2\n', /columns/],
  ])('refuses %s', (_title, csv, message) => {
    expect(() => toMonthlyCloses(csv)).toThrow(message);
  });
});

describe(listStocks, () => {
  it('ends at a failure', async () => {
    const createAsset = jest.fn(() => Promise.reject(new Error('down')));

    await expect(listStocks({ createAsset })).rejects.toThrow('down');
    expect(createAsset).toHaveBeenCalledTimes(1);
  });
});
