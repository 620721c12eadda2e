import { coverageProblems, loadMatrix, publicNames } from '../../src/matrix.ts';
import { isRead, simpleEntities, simpleRows } from '../../src/simple-rows.ts';

it('has a row for everything that writes, each of its own name, and one that succeeds for each method', async () => {
  const { rows, uncovered } = await loadMatrix();
  const methods = (of: typeof rows) => new Set(of.map(({ method }) => method));

  expect(uncovered).toEqual([]);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(methods(rows.filter(({ refusal }) => refusal === undefined))).toEqual(methods(rows));
});

it('finds a new method, one in both places, and one that is missing', () => {
  const names = ['OrderDao.createOrder', 'OrderDao.getOrder'];
  const problems = (of: readonly string[], harmless = ['OrderDao.getOrder']) =>
    coverageProblems(of, new Set(harmless), new Set(['OrderDao.createOrder']));

  expect(problems(names)).toEqual([]);
  expect(problems([...names, 'OrderDao.amend'])).toEqual(['OrderDao.amend has no row, and is not listed as harmless']);
  expect(problems(names, names)).toEqual(['OrderDao.createOrder has a row, and is listed as harmless']);
  expect(problems(['OrderDao.createOrder'])).toEqual([
    'OrderDao.getOrder has a row or is listed as harmless, and is missing',
  ]);
});

it('names functions, the methods of flows, and methods, getters and statics of classes, inherited ones too', () => {
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
  }
  const library = { Dao, getDao: () => new Dao(), createOrderFlow: () => ({}), defaults: {} };
  const flows = { OrderFlow: { placeOrder: () => undefined } };

  expect(publicNames(library, flows).join()).toBe('Dao.open,Dao.clock,Dao.read,getDao,OrderFlow.placeOrder');
});

it('derives the rows of a DAO that creates, finds, gets and updates; any other method of it needs one', () => {
  class PriceAlertDao {
    createPriceAlert() {}
    findPriceAlert() {}
    getPriceAlert() {}
    getPriceAlerts() {}
    updatePriceAlert() {}
    fire() {}
  }
  const library = { PriceAlertDao, getPriceAlertDao: () => new PriceAlertDao() };
  const modules = [library, { makePriceAlertCreate: () => ({ name: 'An example' }) }];

  const [simple] = simpleEntities(modules, new Set());
  const names = publicNames(library, {});
  const covered = new Set(simpleRows(simple!).map(({ method }) => method));
  const harmless = new Set(names.filter((name) => isRead(simple!, name)));

  expect([...covered]).toEqual(['PriceAlertDao.createPriceAlert', 'PriceAlertDao.updatePriceAlert']);
  expect(coverageProblems(names, harmless, covered)).toEqual([
    'PriceAlertDao.fire has no row, and is not listed as harmless',
  ]);
  expect(simpleEntities(modules, covered)).toEqual([]);
});
