import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { getOrderDao } from '@cnop/dao-order';
import { makeOrder, makeOrderDraft } from '@cnop/entities-order/testing';
import { toOrderItem } from '@cnop/entities-order/table';
import { checkLedger } from '@cnop/ledger-audit';
import { createOrderFlow } from '@cnop/flow-order';
import { policyOf } from '../../src/policy-of.ts';
import type { RoleName } from '../../src/roles.ts';
import { permits, unusedParts } from '../support/evaluate-policy.ts';
import { useInventoryService } from '../support/inventory-service-flow.ts';
import { listAsset, openAccount } from '../support/market.ts';
import { useOrderService } from '../support/order-service-flow.ts';
import { useDeployment, type RecordedProcess } from '../support/recorded-process.ts';
import { useUserService } from '../support/user-service-flow.ts';

const deployment = useDeployment();
const { elsewhere } = deployment;

/** An order that holds nothing yet. */
async function draftOrder(username: string): Promise<string> {
  const { order } = await getOrderDao(elsewhere).createOrder(makeOrderDraft({ owner: username }));

  return order.orderId;
}

function expectJust(role: RoleName, { calls }: RecordedProcess): void {
  const policy = policyOf(role);

  expect(calls().filter((call) => !permits(policy, call))).toEqual([]);
  expect(unusedParts(policy, calls())).toEqual([]);
}

beforeAll(() => listAsset(elsewhere, 'AAPL'));

describe('what a service sends is just what its policy permits', () => {
  it('of users', async () => {
    const process = deployment.connect();

    await useUserService(process);

    expectJust('user-service', process);
  });

  it('of orders', async () => {
    const process = deployment.connect({ singleWrites: 'transaction' });
    await openAccount(elsewhere, 'bob');

    await useOrderService(process, { username: 'bob', pendingOrderId: await draftOrder('bob') });

    expectJust('order-service', process);
  });

  it('of assets', async () => {
    const process = deployment.connect();

    await useInventoryService(process);

    expectJust('inventory-service', process);
  });

  it('for the auditor, over a ledger that is broken too', async () => {
    const process = deployment.connect();
    await openAccount(elsewhere, 'eve');
    const buy = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '1' } as const;
    await createOrderFlow({ database: elsewhere }).placeOrder({ owner: 'eve', order: buy });
    // An order that nobody paid for.
    const order = makeOrder({ owner: 'eve', status: 'COMPLETED' });
    const Item = toOrderItem(order, { requestHash: 'hash', writeId: 'write' });
    await elsewhere.writer.send(new PutCommand({ TableName: elsewhere.tableName('orders'), Item }));

    const { brokenCount } = await checkLedger(process.database);

    expect(brokenCount).toBeGreaterThan(0);
    expectJust('ledger-auditor', process);
  });

  it('of orders is refused to one that writes a single item plainly', async () => {
    const process = deployment.connect();
    await openAccount(elsewhere, 'carol');
    const orderId = await draftOrder('carol');

    await createOrderFlow({ database: process.database }).cancelOrder({ orderId });

    const refused = process.calls().filter((call) => !permits(policyOf('order-service'), call));
    expect(refused).toEqual([{ action: 'UpdateItem', table: 'orders' }]);
  });
});
