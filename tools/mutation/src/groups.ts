import type { Group } from './group.ts';

const sources = (library: string, names: readonly string[]) => names.map((name) => `libs/${library}/src/${name}.ts`);

// The tests of a README, and those of a network where nobody listens, start a program of their own, which no mutant reaches.
const unitTests = (library: string) => `libs/${library}/tests/unit/**/!(readme).test.ts`;
const integrationTests = (library: string) => `libs/${library}/tests/integration/!(readme|network).integration.test.ts`;

/** All that is mutated. */
export const groups: readonly Group[] = [
  {
    name: 'money',
    title: 'Money: decimal texts, minor units, rounding',
    files: [
      ...sources('utils', ['amount-limits', 'format-decimal', 'multiply-amounts', 'parse-decimal', 'to-minor']),
      ...sources('entities-ledger', ['amount', 'fill']),
      ...sources('validation', ['decimal-text']),
      ...sources('entities-order', ['amount-schemas', 'average-price', 'order-fill']),
    ],
    tests: ['utils', 'validation', 'entities-ledger', 'entities-order'].map(unitTests),
    dynamoDb: false,
  },
  {
    name: 'journal',
    title: 'Journal: postings, the shape of every entry, their effect on balances',
    files: sources('entities-ledger', [
      'balance-effect',
      'balance-transaction',
      'balance-transaction-create',
      'hold-postings',
      'journal-shape',
      'payment-shape',
      'posting',
      'single-postings',
      'trade-postings',
    ]),
    tests: [unitTests('entities-ledger')],
    dynamoDb: false,
  },
  {
    name: 'states',
    title: 'State machines: statuses of orders, entries and balances, and the rules of an order',
    files: [
      ...sources('entities-order', [
        'order',
        'order-create',
        'order-draft',
        'order-id',
        'order-request-hash',
        'order-status',
        'order-transitions',
        'order-type',
      ]),
      ...sources('entities-ledger', ['balance-status', 'transaction-status', 'transaction-type']),
    ],
    tests: ['entities-order', 'entities-ledger'].map(unitTests),
    dynamoDb: false,
  },
  {
    name: 'runner',
    title: 'Transaction runner: attempts, failures, refusals, fences',
    files: sources('database-core', [
      'compile-request',
      'database-failure',
      'execute-write',
      'failure-kind',
      'read-guard',
      'read-transaction',
      'unsent-requests',
      'wire-write',
      'write-attempt',
    ]),
    tests: [unitTests('database-core'), integrationTests('database-core')],
    dynamoDb: true,
  },
  {
    name: 'movements',
    title: 'Movements of money and orders in the DAOs: guards, actions, inputs',
    files: [
      ...sources('dao-ledger', [
        'balance-actions',
        'balance-inputs',
        'balance-writes',
        'create-transaction',
        'money-movement',
        'money-writes',
        'movement-guard',
        'settle-transaction',
        'transaction-inputs',
      ]),
      ...sources('dao-user', ['profile-check']),
      ...sources('dao-order', [
        'create-order',
        'place-order-guard',
        'refund-order-guard',
        'update-order',
        'update-order-status',
      ]),
    ],
    tests: ['dao-ledger', 'dao-user', 'dao-order'].flatMap((name) => [unitTests(name), integrationTests(name)]),
    dynamoDb: true,
  },
  {
    name: 'flow',
    title: 'Order flow: terms, rules, settlement, replay, refund, cancellation, queue',
    files: sources('flow-order', [
      'account-queue',
      'cancel-order',
      'market/market-rules',
      'market/priced-order',
      'market/settlement',
      'order-flow',
      'place-order',
      'placement',
      'refund-order',
    ]),
    tests: [unitTests('flow-order'), integrationTests('flow-order')],
    dynamoDb: true,
  },
];
