import { checkCoverage } from '../../src/methods/check-coverage.ts';
import { coverageProblems, unknownLibraries } from '../../src/methods/coverage-problems.ts';
import { libraries } from '../../src/methods/libraries.ts';
import { publicNames } from '../../src/methods/public-names.ts';
import { watchCalls } from '../../src/methods/watch-calls.ts';
import { matrixRows } from '../../src/rows/matrix-rows.ts';
import type { Services } from '../../src/services.ts';

describe(checkCoverage, () => {
  it('finds a row for everything that writes', () => {
    expect(checkCoverage()).toEqual([]);
  });
});

describe('rows', () => {
  it('have names of their own', () => {
    const names = matrixRows.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  it('succeed, each method at least once', () => {
    const succeeding = matrixRows.filter(({ refusal }) => refusal === undefined).map(({ method }) => method);

    expect(new Set(succeeding)).toEqual(new Set(matrixRows.map(({ method }) => method)));
  });
});

describe(coverageProblems, () => {
  const settled = {
    names: ['OrderDao.createOrder', 'OrderDao.getOrder'],
    harmless: new Set(['OrderDao.getOrder']),
    covered: new Set(['OrderDao.createOrder']),
  };

  it('finds nothing where every name has its place', () => {
    expect(coverageProblems(settled)).toEqual([]);
  });

  it('finds a new method that nobody has thought of', () => {
    expect(coverageProblems({ ...settled, names: [...settled.names, 'OrderDao.amendOrder'] })).toEqual([
      'OrderDao.amendOrder has no row, and is not listed as harmless',
    ]);
  });

  it('finds a method in both places', () => {
    expect(coverageProblems({ ...settled, harmless: new Set(settled.names) })).toEqual([
      'OrderDao.createOrder has a row, and is listed as harmless',
    ]);
  });

  it('finds what is no longer there', () => {
    expect(coverageProblems({ ...settled, names: [] })).toEqual([
      'OrderDao.getOrder is listed as harmless, and is not there',
      'OrderDao.createOrder has a row, and is not there',
    ]);
  });
});

describe(publicNames, () => {
  it('names functions, and methods, getters and statics of classes, inherited ones too', () => {
    class Base {
      read() {
        return this.#secret();
      }

      #secret() {
        return 1;
      }
    }
    class Dao extends Base {
      static open() {
        return new Dao();
      }

      get clock() {
        return 1;
      }

      write() {
        return 2;
      }
    }

    expect(publicNames({ Dao, getDao: () => new Dao(), defaults: {} })).toEqual([
      'Dao.open',
      'Dao.clock',
      'Dao.write',
      'Dao.read',
      'getDao',
    ]);
  });

  it('names the methods of the order flow', () => {
    expect(publicNames(libraries['flow-order']!)).toEqual(
      expect.arrayContaining(['OrderFlow.placeOrder', 'OrderFlow.refundOrder', 'createAccountQueue']),
    );
  });
});

describe(unknownLibraries, () => {
  it('names the libraries that the matrix knows nothing of', () => {
    expect(unknownLibraries(['dao-x', 'flow-x'], ['dao-x'])).toEqual([
      'libs/flow-x is not among the libraries of the matrix',
    ]);
  });
});

describe(watchCalls, () => {
  it('tells of every method that is called, and calls it', async () => {
    class Orders {
      #answer = 'found';
      readonly clock = 1;

      getOrder(id: string) {
        return `${id} ${this.#answer}`;
      }
    }
    const called: string[] = [];
    const services = watchCalls({ orders: new Orders() } as unknown as Services, (name) => called.push(name));

    expect(await services.orders.getOrder('o-1')).toBe('o-1 found');
    expect(Reflect.get(services.orders, 'clock')).toBe(1);
    expect(called).toEqual(['OrderDao.getOrder']);
  });
});
