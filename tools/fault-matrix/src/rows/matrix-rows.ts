import type { MatrixRow } from '../row.ts';
import { assetRows } from './asset-rows.ts';
import { balanceRows } from './balance-rows.ts';
import { movementRows } from './movement-rows.ts';
import { orderRows } from './order-rows.ts';
import { passwordRows } from './password-rows.ts';
import { profileRows } from './profile-rows.ts';
import { refusedMovementRows } from './refused-movement-rows.ts';
import { refusedTradeRows } from './refused-trade-rows.ts';
import { registrationRows } from './registration-rows.ts';
import { sessionRows } from './session-rows.ts';
import { settlementRows } from './settlement-rows.ts';
import { statusRows } from './status-rows.ts';
import { tradeRows } from './trade-rows.ts';

/** All rows of the matrix. */
export const matrixRows: readonly MatrixRow[] = [
  ...registrationRows,
  ...profileRows,
  ...statusRows,
  ...passwordRows,
  ...sessionRows,
  ...balanceRows,
  ...movementRows,
  ...refusedMovementRows,
  ...settlementRows,
  ...orderRows,
  ...tradeRows,
  ...refusedTradeRows,
  ...assetRows,
];
