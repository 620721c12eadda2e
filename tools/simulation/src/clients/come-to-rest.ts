import type { Client } from './client.ts';
import { stateOf, type StepRecord } from './step-record.ts';
import type { Violation } from './violation.ts';

const repeatsAtMost = 3;

/**
 * Finds out by its key what became of everything that is unknown, and repeats what took several calls, which must be a replay. The
 * network is in order by now, and what was late has come.
 *
 * @param client - repeats the calls of all others.
 */
export async function comeToRest<TRecord extends StepRecord>(
  client: Pick<Client<TRecord>, 'repeat'>,
  records: readonly TRecord[],
): Promise<Violation[]> {
  const violations: Violation[] = [];

  for (const record of records.filter(({ operation }) => operation.effect)) {
    for (let repeats = 0; stateOf(record) === 'open' && repeats < repeatsAtMost; repeats += 1)
      await client.repeat(record);
    if (stateOf(record) === 'acknowledged' && record.attempts.length > 1)
      violations.push(...(await replay(client, record)));
  }
  return violations;
}

async function replay<TRecord extends StepRecord>(
  client: Pick<Client<TRecord>, 'repeat'>,
  record: TRecord,
): Promise<Violation[]> {
  await client.repeat(record);
  const outcome = record.attempts.at(-1)?.outcome;
  if (outcome?.kind === 'acknowledged' && outcome.acknowledgement?.replayed) return [];

  const { step } = record;
  return [{ rule: 'repeat is no replay', detail: `${step.kind} ${step.id}: ${JSON.stringify(outcome?.kind)}` }];
}
