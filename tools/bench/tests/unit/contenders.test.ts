import { createCannedHandler, type WireItem } from '../../src/canned-handler.ts';
import { contenders } from '../../src/contenders/index.ts';
import { createTrades } from '../../src/market.ts';

type WireWrite = Readonly<
  Record<string, { readonly TableName: string; readonly Key?: WireItem; readonly Item?: WireItem }>
>;

/** What some libraries add to every item, and those attributes that are drawn or follow from what is drawn. */
const ofItsOwn = ['__edb_e__', '__edb_v__', '_type', 'orderId', 'transactionId', 'owner'];

async function open(name: string) {
  const handler = createCannedHandler();
  const { requestHandler } = handler;
  const handle = jest.spyOn(requestHandler as { handle: () => unknown }, 'handle');
  const openContender = await contenders[name as keyof typeof contenders]();
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

  return { handler, handle, contender: await openContender({ region: 'eu-west-1', credentials, requestHandler }) };
}

async function marketOrderOf(name: string): Promise<WireWrite[]> {
  const { handler, handle, contender } = await open(name);
  await contender.marketOrder(createTrades()());

  expect(handle).toHaveBeenCalledTimes(1);
  return (JSON.parse(handler.lastBody()) as { TransactItems: WireWrite[] }).TransactItems;
}

const namesOf = (item: WireItem | undefined) =>
  Object.keys(item ?? {})
    .filter((name) => !ofItsOwn.includes(name))
    .sort();

describe('the contenders', () => {
  it.each(Object.keys(contenders))('%s writes the same four items as the plain client', async (name) => {
    const expected = await marketOrderOf('client-dynamodb');

    const writes = await marketOrderOf(name);

    expect(writes.map((write) => Object.keys(write))).toEqual(expected.map((write) => Object.keys(write)));
    for (const [index, write] of writes.entries()) {
      const [own, base] = [Object.values(write)[0]!, Object.values(expected[index]!)[0]!];
      expect(own.TableName).toBe(base.TableName);
      expect(namesOf(own.Item)).toEqual(namesOf(base.Item));
      expect(own.Key).toEqual(base.Key);
    }
  });

  it.each(Object.keys(contenders))('%s reads back what it has written', async (name) => {
    const { handler, handle, contender } = await open(name);
    const trade = createTrades()();
    await contender.marketOrder(trade);
    const { TransactItems } = JSON.parse(handler.lastBody()) as { TransactItems: WireWrite[] };
    handler.storeOrders(Array.from({ length: 60 }, () => TransactItems[0]!['Put']!.Item!));

    const order = (await contender.getOrder(trade)) as Record<string, unknown>;
    const page = (await contender.listOrders()) as readonly unknown[];

    expect(order['assetId']).toEqual(name === 'client-dynamodb' ? { S: 'BTC' } : 'BTC');
    expect(page).toHaveLength(50);
    expect(handle).toHaveBeenCalledTimes(3);
  });
});
