export { assetCreatedAt, orderIdOfKey, orderKey, statusCreatedAt, type OrderKey } from './keys.ts';
export { orderItemSchema, type OrderItem } from './order-item.ts';
export { fromOrderItem, orderGuardOf, toOrderItem, type OrderGuard } from './order-item-mapping.ts';
