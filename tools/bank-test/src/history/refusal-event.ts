import type { ErrorOf } from '@cnop/exceptions';
import type { ledgerErrors } from '@cnop/entities-ledger';
import type { Outcome } from '@cnop/simulation';
import { formatDecimal, parseDecimal } from '@cnop/utils';
import type { AccountEvent } from './account-model.ts';
import { partOfCode, scales, type Amounts } from './amounts.ts';

/** A refusal, and what would have been changed. */
export interface RefusedChange {
  readonly name: string;
  readonly change: Amounts;
  readonly outcome: Extract<Outcome, { readonly kind: 'refused' | 'failed' }>;
}

/** What a refusal says of the account: that there was less than it takes, and how much, if it gives the figures of what was asked for. */
export function refusalEvent({ name, change, outcome: { code, details } }: RefusedChange): AccountEvent {
  const groundless: AccountEvent = { kind: 'groundless', name, code };
  const lacking = change.cash < 0n ? 'cash' : 'asset';
  const requiredMinor = -change[lacking];
  if (requiredMinor <= 0n) return groundless;

  // The order that was refused shows no figures.
  if (code === 'FENCED') return { kind: 'refusal', name, lacking, requiredMinor };
  if (code !== 'BALANCE_INSUFFICIENT') return groundless;

  const {
    code: lackingCode,
    required,
    available,
  } = details as ErrorOf<typeof ledgerErrors, 'InsufficientFundsError'>['details'];
  const isOfThis = partOfCode(lackingCode) === lacking && required === formatDecimal(requiredMinor, scales[lacking]);
  return isOfThis
    ? { kind: 'refusal', name, lacking, requiredMinor, availableMinor: parseDecimal(available, scales[lacking]) }
    : groundless;
}
