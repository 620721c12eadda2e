import { checkLedger } from '@cnop/ledger-audit';
import { startClient, type Client, type ClientContext } from './client.ts';
import { openOutsider } from './outsider.ts';
import { stateOf, type StepRecord } from './step-record.ts';
import type { Violation } from './violation.ts';

/** The client that clears up after the others; none of them has this number. */
const clearing = 1_000;
const repeatsAtMost = 3;

/**
 * Finds out by its key what became of everything that is unknown, repeats what took several calls, which must be a replay, and has the
 * ledger checked. The network is in order by now, and what was late has come.
 */
export async function comeToRest(context: ClientContext, records: readonly StepRecord[]): Promise<Violation[]> {
  const client = startClient(context, clearing);
  const violations: Violation[] = [];

  for (const record of records.filter(({ operation }) => operation.effect)) {
    for (let repeats = 0; stateOf(record) === 'open' && repeats < repeatsAtMost; repeats += 1)
      await client.repeat(record);
    if (stateOf(record) === 'acknowledged' && record.attempts.length > 1)
      violations.push(...(await replay(client, record)));
  }
  client.close();

  return [...violations, ...(await brokenLedger(context))];
}

async function replay(client: Client, record: StepRecord): Promise<Violation[]> {
  await client.repeat(record);
  const outcome = record.attempts.at(-1)?.outcome;
  if (outcome?.kind === 'acknowledged' && outcome.acknowledgement?.replayed) return [];

  const { step } = record;
  return [{ rule: 'repeat is no replay', detail: `${step.kind} ${step.id}: ${JSON.stringify(outcome?.kind)}` }];
}

async function brokenLedger({ network, time, seed }: ClientContext): Promise<Violation[]> {
  const { services, close } = openOutsider({ network, time }, seed);
  const { broken, unsettled } = await checkLedger(services.database, { segments: 1 });
  close();

  return [...broken, ...unsettled].map(({ rule, username = '', code = '', expected = '', found = '' }) => ({
    rule: 'ledger is broken',
    detail: [rule, username, code, expected && `expected ${expected}`, found && `found ${found}`]
      .filter(Boolean)
      .join(' '),
  }));
}
