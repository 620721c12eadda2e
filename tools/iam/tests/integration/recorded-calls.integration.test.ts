import { createOrderFlow } from '@cnop/flow-order';
import { policyOf, roleNames } from '../../src/roles.ts';
import { useDeployment } from '../support/deployment.ts';
import { permits, unusedParts } from '../support/evaluate-policy.ts';
import { flows, listAsset, openAccount } from '../support/service-flows.ts';

const connect = useDeployment();

beforeAll(() => listAsset(connect().elsewhere));

it.each(roleNames)('%s sends just what its policy permits', async (role) => {
  const process = connect(role === 'order-service' ? { singleWrites: 'transaction' } : {});

  await flows[role](process);

  const policy = policyOf(role);
  expect(process.calls().filter((call) => !permits(policy, call))).toEqual([]);
  expect(unusedParts(policy, process.calls())).toEqual([]);
});

it('an order service that writes a single item plainly is refused', async () => {
  const process = connect();
  const orderId = await openAccount(process.elsewhere, 'carol');

  await createOrderFlow({ database: process.database }).cancelOrder({ orderId });

  const refused = process.calls().filter((call) => !permits(policyOf('order-service'), call));
  expect(refused).toEqual([{ action: 'UpdateItem', table: 'orders' }]);
});
