import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';

/** The tables of everything that the rows call. */
export const tableShapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape] as const;
