import { randomAt, type RandomSource } from '@cnop/simulation';
import type { BankStep } from './step.ts';

/** Where a client stands in a run: its seed and its round decide what it does. */
export interface PlanOptions {
  readonly seed: number;
  readonly round: number;
  readonly client: number;
  readonly accounts: number;
  /** How many steps, and the id of the first. */
  readonly steps: number;
  readonly firstId: number;
}

/** How often each kind comes, of as many as all together. */
const weights: Readonly<Record<BankStep['kind'], number>> = {
  deposit: 7,
  withdraw: 6,
  buy: 7,
  sell: 6,
  refund: 4,
  look: 3,
};
const kinds = Object.entries(weights).flatMap(([kind, weight]) => Array<BankStep['kind']>(weight).fill(kind as never));

/** What a client does in a round, one step after the other: always the same for the same options. */
export function planSteps({ seed, round, client, accounts, steps, firstId }: PlanOptions): BankStep[] {
  const random = randomAt(seed, round, client);

  return Array.from({ length: steps }, (_, at) => drawStep(random, accounts, firstId + at));
}

/** The price of the asset in a round, in minor units. */
export const planPrice = (seed: number, round: number): number => 100 + randomAt(seed, round).below(300);

/** Amounts are such that many a withdrawal, purchase or sale finds too little. */
function drawStep(random: RandomSource, accounts: number, id: number): BankStep {
  const kind = kinds[random.below(kinds.length)] ?? 'look';
  const account = random.below(accounts);

  switch (kind) {
    case 'deposit':
      return { kind, id, account, amountMinor: 1 + random.below(8_000) };
    case 'withdraw':
      return { kind, id, account, amountMinor: 1 + random.below(16_000) };
    case 'buy':
    case 'sell':
      return { kind, id, account, quantityMinor: 100 + random.below(25_000) };
    case 'refund':
      return { kind, id, account, target: random.below(8) };
    case 'look':
      return { kind, id, account };
  }
}
