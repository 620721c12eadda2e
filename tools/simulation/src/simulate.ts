import { unmarshall } from '@aws-sdk/util-dynamodb';
import { brokenLedger } from './clients/broken-ledger.ts';
import { checkEffects } from './clients/check-effects.ts';
import { startClient, type ClientContext } from './clients/client.ts';
import { openOutsider } from './clients/outsider.ts';
import type { Plan } from './clients/plan.ts';
import { restingTablesOf, type RestingItems } from './clients/resting-tables.ts';
import type { Services } from './clients/services.ts';
import type { StepRecord } from './clients/step-record.ts';
import type { Step } from './clients/step.ts';
import type { Violation } from './clients/violation.ts';
import { createWorld } from './clients/world.ts';
import { comeToRest } from './clients/come-to-rest.ts';
import { createNetwork } from './network/network.ts';
import { createVirtualTime, type VirtualTime } from './network/virtual-time.ts';
import { marketShapes, openMarket } from './open-market.ts';
import { randomAt } from './random-source.ts';
import type { StoreRequest } from './store/answer.ts';
import { createStore, type Store } from './store/store.ts';
import type { Item } from './store/value.ts';
import { summarize, type RunSummary } from './run-summary.ts';

/** Ways to plant a bug, to see that it is found. */
export interface PlantedBug {
  /** Changes a request on its way to the store. */
  readonly request?: (request: StoreRequest) => StoreRequest;
  /** Changes what a client works with. */
  readonly services?: (services: Services) => Services;
}

/** What a run came to. */
export interface RunResult {
  readonly violations: readonly Violation[];
  readonly summary: RunSummary;
}

/** The client that clears up after the others; none of them has this number. */
const clearing = 1_000;
const startMs = Date.UTC(2030, 0, 1);

/** Runs a plan to its end, lets everything come to rest, and checks what is there against what clients were told. */
export async function simulate(plan: Plan, bug: PlantedBug = {}): Promise<RunResult> {
  const violations: Violation[] = [];
  const records: StepRecord[] = [];
  let changes = 0;
  let ticks = 0;
  const time = createVirtualTime(startMs);
  const lag = randomAt(plan.seed, 0);
  const store = createStore(marketShapes, {
    now: time.now,
    indexLagMs: () => lag.below(2_000),
    onWrite: (item) => {
      changes += 1;
      violations.push(...negativeBalance(item));
    },
  });
  const altered = bug.request ?? ((request: StoreRequest) => request);
  const network = createNetwork({
    time,
    store: { ...store, begin: (request) => store.begin(altered(request)) },
    faults: plan.faults,
    changes: () => changes,
  });
  const { seed, maxAttempts, accounts } = plan;
  const context: ClientContext = {
    seed,
    maxAttempts,
    time,
    network,
    world: createWorld(accounts),
    tick: () => {
      ticks += 1;
      return ticks;
    },
    remember: (record) => void records.push(record),
    alter: bug.services ?? ((services) => services),
  };

  await act(time, [() => openMarket({ time, store, changes: () => changes }, seed)]);
  await act(
    time,
    plan.clients.map((steps, client) => () => followSteps(context, steps, client)),
  );
  network.heal();
  await act(time, [async () => void violations.push(...(await clearUp(context, records)))]);
  const { violations: wrongEffects, lateEffects } = checkEffects(records, restingTablesOf(itemsOf(store)));
  violations.push(...wrongEffects);

  return { violations, summary: summarize({ records, network, lateEffects, virtualMs: time.now() - startMs }) };
}

/** Finds out what is unknown, and has the ledger checked. */
async function clearUp(context: ClientContext, records: readonly StepRecord[]): Promise<Violation[]> {
  const client = startClient(context, clearing);
  const violations = await comeToRest(client, records);
  client.close();

  const { services, close } = openOutsider(context, context.seed);
  violations.push(...(await brokenLedger(services.database, { segments: 1 })));
  close();
  return violations;
}

function itemsOf(store: Store): RestingItems {
  const raws = (table: string) => store.itemsOf(table).map((item) => unmarshall(item as never));

  return { users: raws('users'), ledger: raws('ledger'), orders: raws('orders') };
}

/** Lets people act until all is done and nothing is on its way any more. @throws what one of them throws. */
async function act(time: VirtualTime, people: readonly (() => Promise<void>)[]): Promise<void> {
  const acting = people.map((person) => person());
  await Promise.all([time.run(), ...acting]);
}

async function followSteps(context: ClientContext, steps: readonly Step[], number: number): Promise<void> {
  const client = startClient(context, number);
  await client.follow(steps);
  client.close();
}

/** No state of a balance may be negative, whether or not somebody looks. */
function negativeBalance(item: Item): Violation[] {
  const amounts = [item['availableMinor'], item['heldMinor']];
  const isNegative = amounts.some((amount) => amount && 'N' in amount && amount.N.startsWith('-'));

  return isNegative ? [{ rule: 'negative balance', detail: JSON.stringify(item) }] : [];
}
