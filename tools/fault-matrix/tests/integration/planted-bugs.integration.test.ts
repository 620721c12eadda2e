import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerErrors } from '@cnop/entities-ledger';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { answerWith, createFaultInjector, everyCall, type Fault } from '@cnop/testing';
import { loadMatrix, type Matrix } from '../../src/matrix.ts';
import type { MatrixRow } from '../../src/row.ts';
import { runMatrix, type MatrixOptions } from '../../src/run-matrix.ts';
import type { Services } from '../../src/services.ts';
import { usernameIn, type World } from '../../src/world.ts';

type Balances = Services['balances'];
type Create = Parameters<Balances['createTransaction']>[0];
type Bug = Pick<MatrixOptions, 'alter' | 'tamper'>;

/** Alters how a process moves money. */
const moving = (createTransaction: (balances: Balances, create: Create) => unknown): Bug => ({
  alter: (services) => {
    const { balances } = services;
    const altered = new Proxy(balances, {
      get: (_, name) => {
        const method: unknown = Reflect.get(balances, name);
        if (name === 'createTransaction') return createTransaction.bind(undefined, balances);
        return typeof method === 'function' ? (method.bind(balances) as unknown) : method;
      },
    });
    return Object.defineProperty(Object.create(services) as Services, 'balances', { value: altered });
  },
});

/** Alters what happens when a movement of money ends with an error of that code. */
const failing = (code: string, instead: (balances: Balances, create: Create) => unknown): Bug =>
  moving((balances, create) =>
    balances.createTransaction(create).catch((error: unknown) => {
      if (!isDomainError(error) || error.code !== code) throw error;
      return instead(balances, create);
    }),
  );

/** Alters what becomes of the requests of one operation. */
const sending = (target: string, apply: Fault['apply']): Bug => ({
  tamper: (inner) => createFaultInjector({ inner, plan: everyCall({ name: 'bug', apply }, { target }), keepCalls: 1 }),
});

/** The request without the condition of the put that claims a key, and without what only that needed. */
function withUnconditionalClaim(body: string): string {
  const sent = JSON.parse(body) as { TransactItems: { Put?: Record<string, unknown> }[] };
  const TransactItems = sent.TransactItems.map((action) => {
    if (!JSON.stringify(action.Put?.['Item'] ?? '').includes('KEY#')) return action;
    const { TableName, Item } = action.Put ?? {};
    return { Put: { TableName, Item } };
  });

  return JSON.stringify({ ...sent, TransactItems });
}

const lacksFunds = () =>
  Promise.reject(new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '0.00', required: '1.00' }));

/** Bugs, by the row and the mode in which each shows, and what the matrix says of it. */
const bugs: Readonly<Record<string, Bug>> = {
  // An unknown outcome is reported as a failure, as a success, or retried under another key.
  'deposit, keyed; at each call; the call failed (DATABASE_UNAVAILABLE), and its effect was stored': failing(
    'OUTCOME_UNKNOWN',
    () => Promise.reject(new sharedErrors.DatabaseUnavailableError({})),
  ),
  'deposit, keyed; at each call; the call answered, and its effect was not stored': failing(
    'OUTCOME_UNKNOWN',
    async (balances, { owner }) => {
      const { items } = await balances.getUserTransactions({ owner });
      return { transaction: items.at(-1), replayed: false };
    },
  ),
  'deposit, keyed; at each call; neither never nor once': failing('OUTCOME_UNKNOWN', (balances, create) =>
    balances.createTransaction({ ...create, idempotencyKey: 'k-2' }),
  ),
  // A deposit is made twice.
  'deposit, keyless; at the single attempt; stored in part or twice: - USD available 1250': moving(
    async (balances, create) => {
      await balances.createTransaction(create);
      return await balances.createTransaction(create);
    },
  ),
  // A replay is reported as new.
  'withdraw, keyed; at the single attempt; the repeat answered as new, and it was stored before': moving(
    async (balances, create) => ({ ...(await balances.createTransaction(create)), replayed: false }),
  ),
  // A busy database is reported as a lack of funds.
  'withdraw, keyed; at each call; the call was refused (BALANCE_INSUFFICIENT), although nothing speaks against it':
    failing('CONTENTION', lacksFunds),
  // Every outcome is reported as unknown.
  'withdraw, keyed; at the single attempt; OUTCOME_UNKNOWN, although nothing leaves it in doubt': sending(
    'TransactWriteItems',
    () => Promise.reject(new Error('socket hang up')),
  ),
  // A key is claimed without a condition.
  'pending deposit, keyed; at each call; neither never nor once': sending('TransactWriteItems', (call) =>
    call.send(withUnconditionalClaim(call.body)),
  ),
  // A fence is not written.
  'withdraw too much, funds come later, keyed; after a late first request; and its effect came afterwards': sending(
    'PutItem',
    answerWith({}).apply,
  ),
};

let matrix: Matrix;
beforeAll(async () => {
  matrix = await loadMatrix();
});

const rowNamed = (name: string): MatrixRow => matrix.rows.find((row) => row.name === name)!;
const run = (row: MatrixRow, options: Partial<MatrixOptions> = {}) =>
  runMatrix({ ...matrix, rows: [row], seed: 1, ...options });
const problemsOf = ({ runs }: Awaited<ReturnType<typeof run>>) => [
  ...new Set(runs.flatMap(({ problems }) => problems)),
];

describe(runMatrix, () => {
  it.each(Object.keys(bugs))('finds a planted bug: %s', async (name) => {
    const [row = '', mode = '', problem = ''] = name.split('; ');
    const found = await run(rowNamed(row), { modes: [mode], ...bugs[name] });

    expect(problemsOf(found).join('\n')).toContain(problem);
  });

  it('finds nothing where there is no bug', async () => {
    const found = await run(rowNamed('withdraw, keyed'));

    expect({ problems: problemsOf(found), stray: found.stray }).toEqual({ problems: [], stray: [] });
    const runsIn = (name: string) => found.runs.filter(({ mode }) => mode === name).length;
    expect(['at each call', 'at the single attempt', 'after a lost response'].map(runsIn)).toEqual([20, 7, 15]);
    // Injected once, such a fault is got over within the three attempts of a call.
    const permanent = found.runs.filter(({ mode, fault }) => mode === 'at each call' && fault.endsWith('permanently'));
    expect(permanent.filter(({ outcome }) => outcome === 'ok')).toEqual([]);
  });

  it('reports a row that cannot be prepared', async () => {
    const before = () => Promise.reject(new Error('There is no such user.'));

    expect(problemsOf(await run({ ...rowNamed('confirm an order'), before }))).toEqual([
      'The row cannot be tried: There is no such user.',
    ]);
  });

  it('finds in the ledger what the facts of the row do not show, and in whose world it is', async () => {
    const row = rowNamed('confirm an order');
    const before = async (world: World) => {
      const { database, owner } = world;
      const Item = toBalanceItem(makeBalance({ owner }));
      await database.writer.send(new PutCommand({ TableName: database.tableName('ledger'), Item }));
      return await row.before?.(world);
    };

    const { runs, stray } = await run({ ...row, before }, { modes: ['at the single attempt'] });

    const broken = (username: string) => `the ledger is broken: available-differs-from-postings ${username} USD`;
    expect(runs.filter(({ username, problems }) => !problems.join('\n').includes(broken(username)))).toEqual([]);
    // That of the one world in which the call was never made.
    expect(new Set(stray.map(usernameIn)).size).toBe(1);
  });
});
