import { createCannedHandler, type WireItem } from './canned-handler.ts';
import { type Operation } from './contenders/contender.ts';
import { contenders, type ContenderName } from './contenders/index.ts';
import { createTrades } from './market.ts';

/** What the parent asks for: calls of one operation, one after another, for so much processor time. */
export interface Batch {
  readonly operation: Operation;
  readonly cpuMs: number;
}

/** More than a page and the item by which a library finds that there are more. */
const storedOrders = 60;

const open = await contenders[process.argv[2] as ContenderName]();
const handler = createCannedHandler();
const contender = await open({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  requestHandler: handler.requestHandler,
});
const nextTrade = createTrades();

/** Reads are answered with what the contender itself has written. */
const orders: WireItem[] = [];
while (orders.length < storedOrders) {
  await contender.marketOrder(nextTrade());
  const { TransactItems } = JSON.parse(handler.lastBody()) as { TransactItems: [{ Put: { Item: WireItem } }] };
  orders.push(TransactItems[0].Put.Item);
}
handler.storeOrders(orders);

/**
 * The processor time of this process per call, in microseconds; garbage collection and compilation included. As the time is its own, a
 * busy machine makes no batch shorter.
 */
async function run({ operation, cpuMs }: Batch): Promise<number> {
  const before = process.cpuUsage();

  for (let calls = 1; ; calls += 1) {
    await contender[operation](nextTrade());
    const { user, system } = process.cpuUsage(before);

    if (user + system >= cpuMs * 1_000) return (user + system) / calls;
  }
}

process.on('message', (batch: Batch) => {
  void run(batch).then((result) => process.send?.(result));
});
process.send?.('ready');
