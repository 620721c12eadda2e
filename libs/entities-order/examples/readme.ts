import { canTransition, orderCreateSchema, orderIdFor, toOrderResponse } from '@cnop/entities-order';
import { fromOrderItem, toOrderItem } from '@cnop/entities-order/table';
import { makeOrder } from '@cnop/entities-order/testing';
import { parseInput } from '@cnop/validation';

const request = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '10', maxPrice: '151.00', clientOrderId: 'a-1' };
const create = parseInput(orderCreateSchema, request); // refuses a price, a status or an owner
console.log(create.quantity); // 10
console.log(orderIdFor('alice', 'a-1') === orderIdFor('alice', 'a-1')); // true: a repeat meets the first order
console.log(canTransition('COMPLETED', 'PENDING')); // false: nothing leaves a terminal status

const item = toOrderItem(makeOrder(), { requestHash: 'of the request', writeId: 'of the call' });
console.log(item.pk); // ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70
console.log(toOrderResponse(fromOrderItem(item)).notional); // 1502.50
