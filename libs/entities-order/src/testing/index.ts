export { makeFill } from './make-fill.ts';
export { makeOrderCreate } from './make-order-create.ts';
export { makeOrderDraft } from './make-order-draft.ts';
export { makeOrder } from './make-order.ts';
