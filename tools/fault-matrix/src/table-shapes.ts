import { inventoryTableShape } from '@cnop/entities-inventory/table';
import { ordersTableShape } from '@cnop/entities-order/table';
import { usersTableShape } from '@cnop/entities-user/table';

/** The tables of everything that the rows call. */
export const tableShapes = [usersTableShape, ordersTableShape, inventoryTableShape] as const;
