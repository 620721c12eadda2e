export { makeFill, makeOrder, makeOrderCreate, makeOrderDraft } from './make-orders.ts';
