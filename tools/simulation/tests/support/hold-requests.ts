import { BalanceDao } from '@cnop/dao-ledger';
import { createDatabase, executeWrite, type WriteAction } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { createFaultInjector } from '@cnop/testing';
import * as fc from 'fast-check';
import type { RequestBody, StoreRequest } from '../../src/store/answer.ts';
import { createStore } from '../../src/store/store.ts';

const place = { owner: 'ada', code: 'USD', scale: 2, at: '2026-01-05T09:30:00.000Z' };
const amountMinor = fc.bigInt(1n, 40n);
const isOn = fc.boolean();

type Step = (balances: BalanceDao) => WriteAction;

const step: fc.Arbitrary<Step> = fc.oneof(
  amountMinor.map(
    (amountMinor): Step =>
      (balances) =>
        balances.creditAction({ ...place, amountMinor }),
  ),
  fc.record({ amountMinor, opensOrder: isOn }).map(
    (hold): Step =>
      (balances) =>
        balances.holdAction({ ...place, ...hold, ...(hold.opensOrder && { maxOpenOrders: 3 }) }),
  ),
  fc.record({ amountMinor, opensOrder: isOn }).map(
    (credit): Step =>
      (balances) =>
        balances.creditHeldAction({ ...place, ...credit }),
  ),
  fc.record({ amountMinor, closesOrder: isOn }).map(
    (release): Step =>
      (balances) =>
        balances.releaseAction({ ...place, ...release }),
  ),
  fc.record({ heldMinor: amountMinor, paidMinor: amountMinor, closesOrder: isOn }).map(
    ({ paidMinor, ...capture }): Step =>
      (balances) =>
        balances.captureAction({ ...place, ...capture, availableMinor: capture.heldMinor - paidMinor }),
  ),
);

/** What happens to one balance in a row: credits, holds, captures and releases, more of them than it covers. */
export const holdSteps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 30, maxLength: 60 });

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);

/** What the ledger sends for the steps, each as a write of its own. */
export async function holdRequests(steps: readonly Step[]): Promise<StoreRequest[]> {
  const requests: StoreRequest[] = [];
  const store = createStore([ledgerTableShape]);
  const inner = {
    handle: ({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown }) => {
      const operation = headers['x-amz-target']?.split('.')[1] ?? '';
      const request = { operation, body: JSON.parse(textOf(body)) as RequestBody };
      requests.push(request);
      const { status, body: answer } = store.execute(request);

      return Promise.resolve({
        response: { statusCode: status, headers: {}, body: Buffer.from(JSON.stringify(answer)) },
      });
    },
  };
  const database = createDatabase({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    tables: { [ledgerTableShape.name]: ledgerTableShape.name },
    requestHandler: createFaultInjector({ inner }),
  });
  const balances = new BalanceDao({ database });

  for (const [index, makeAction] of steps.entries()) {
    const { write } = makeAction(balances);
    const guard = { write, writeId: `w-${index}`, onConditionFailed: () => undefined };
    await executeWrite(database, { operation: 'step', guard });
  }
  database.close();
  return requests;
}
