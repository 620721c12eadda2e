import { toAssetListResponse, toAssetResponse } from '@cnop/entities-inventory';
import { makeAsset, makeAssetCreate } from '@cnop/entities-inventory/testing';
import { toOrderListResponse, toOrderResponse } from '@cnop/entities-order';
import { makeFill, makeOrder, makeOrderCreate, makeOrderDraft } from '@cnop/entities-order/testing';
import {
  toBalanceListResponse,
  toBalanceResponse,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
  toUserResponse,
} from '@cnop/entities-user';
import { makeBalance, makePosting, makeTransaction, makeUser, makeUserCreate } from '@cnop/entities-user/testing';

const at = '2026-01-02T03:04:05.678Z';
const orderId = '0190a5f2-7c1e-7b3a-9d4e-1f2a3b4c5d6e';
const transactionId = '01JGKX3V5W8Z9Y7T6S4R2Q1P0N';
const metadata = { desk: 'north', 'ref.no': '17' };

const user = makeUser({ phone: '+12025550123', dateOfBirth: '2000-02-29' });
const order = makeOrder({ clientOrderId: 'a-1', fills: [makeFill()], note: 'by phone', metadata });
const asset = makeAsset({ description: 'A share.', priceMinor: 12_345n, priceAsOf: at, priceSource: 'feed' });

const preview = {
  orderType: 'MARKET_BUY',
  assetId: 'AAPL',
  currency: 'USD',
  quantity: '2',
  price: '185.25',
  priceAsOf: at,
  priceSource: 'feed',
  notional: '370.50',
  fee: '0.00',
  debit: { code: 'USD', amount: '370.50' },
  credit: { code: 'AAPL', amount: '2' },
  available: '400.00',
  frozen: false,
  covered: true,
};

/** Valid inputs of every exported schema, with as many optional fields as there are: what is spoiled lies in or beside these. */
export const examples: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  validation: {
    emailSchema: ['ann@example.com'],
    passwordSchema: ['correct horse battery'],
    usernameSchema: ['Ann.B-1'],
    assetIdSchema: ['AAPL'],
    balanceCodeSchema: ['USD', 'BTC'],
    currencyCodeSchema: ['EUR'],
    decimalTextSchema: ['0', '12.50'],
    positiveDecimalTextSchema: ['0.00000001'],
    signedDecimalTextSchema: ['-12.50', '0'],
    idempotencyKeySchema: ['deposit#1'],
    orderIdSchema: [orderId],
    transactionIdSchema: [transactionId],
    metadataSchema: [metadata],
    pageSchema: [{ limit: '7', cursor: 'AAAA' }],
    dateOfBirthSchema: ['2000-02-29'],
    personNameSchema: ['Zoë O’Hara'],
    phoneSchema: ['+12025550123'],
    wellFormedTextSchema: ['Zoë 😀'],
    timestampSchema: ['2026-01-02T03:04:05Z', at],
  },
  'entities-user': {
    minorSchema: [12n],
    signedMinorSchema: [-12n],
    scaleSchema: [2],
    adjustmentRequestSchema: [{ code: 'BTC', amount: '-0.5', description: 'x' }],
    amountSchema: [{ code: 'USD', amountMinor: -1n, scale: 2 }],
    balanceResponseSchema: [toBalanceResponse(makeBalance())],
    balanceListResponseSchema: [toBalanceListResponse([makeBalance()])],
    balanceStatusSchema: ['FROZEN'],
    balanceTransactionCreateSchema: [
      { username: 'ann', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n, pending: true, description: 'x' },
      {
        username: 'ann',
        transactionType: 'SYSTEM_ADJUSTMENT',
        code: 'BTC',
        amountMinor: -5n,
        scale: 8,
        idempotencyKey: 'k-1',
        actor: 'root',
      },
    ],
    balanceTransactionListResponseSchema: [
      toBalanceTransactionListResponse({ items: [makeTransaction()], nextCursor: 'AAAA' }),
    ],
    balanceTransactionResponseSchema: [toBalanceTransactionResponse(makeTransaction())],
    balanceTransactionSchema: [makeTransaction({ description: 'x', actor: 'root', idempotencyKey: 'k-1' })],
    balanceUpdateSchema: [{ status: 'ACTIVE' }],
    balanceSchema: [makeBalance()],
    cashRequestSchema: [{ code: 'USD', amount: '12.50', description: 'x' }],
    fillSchema: [{ priceMinor: 5n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' }],
    sideSchema: ['SELL'],
    bucketSchema: ['held'],
    logInRequestSchema: [{ username: 'Ann', password: 'correct horse battery' }],
    passwordChangeRequestSchema: [{ currentPassword: 'correct horse battery', newPassword: 'battery horse correct' }],
    postingSchema: [makePosting()],
    refreshRequestSchema: [{ refreshToken: 'AAAA.BBBB' }],
    roleSchema: ['admin'],
    tokenResponseSchema: [{ accessToken: 'a.b.c', refreshToken: 'AAAA', tokenType: 'Bearer', expiresIn: 900 }],
    transactionStatusSchema: ['PENDING'],
    transactionTypeSchema: ['ORDER_HOLD'],
    userCreateSchema: [makeUserCreate({ phone: '+12025550123', dateOfBirth: '2000-02-29' })],
    userResponseSchema: [toUserResponse(user)],
    userStatusSchema: ['SUSPENDED'],
    userUpdateSchema: [{ email: 'b@example.com', phone: null, dateOfBirth: null, firstName: 'B' }],
    userSchema: [user],
  },
  'entities-order': {
    orderCreateSchema: [
      { ...makeOrderCreate(), clientOrderId: 'a-1' },
      { orderType: 'MARKET_SELL', assetId: 'AAPL', quantity: '2', minPrice: '9.99' },
      { orderType: 'LIMIT_BUY', assetId: 'AAPL', quantity: '2.5', limitPrice: '10' },
    ],
    orderDraftSchema: [makeOrderDraft({ note: 'by phone', metadata, clientOrderId: 'a-1' })],
    orderFillSchema: [makeFill()],
    orderListResponseSchema: [toOrderListResponse({ items: [order], nextCursor: 'AAAA' })],
    orderPreviewResponseSchema: [preview],
    orderResponseSchema: [toOrderResponse(order)],
    orderStatusSchema: ['QUEUED'],
    orderTypeSchema: ['TRAILING_STOP_SELL'],
    orderUpdateSchema: [{ note: 'by phone', metadata }],
    orderSchema: [order],
  },
  'entities-inventory': {
    assetCategorySchema: [asset.category],
    assetCreateSchema: [{ ...makeAssetCreate(), description: 'A share.', minQuantity: '1', minNotional: '1.00' }],
    assetListResponseSchema: [toAssetListResponse({ items: [asset], nextCursor: 'AAAA' })],
    assetResponseSchema: [toAssetResponse(asset)],
    assetStatusSchema: ['INACTIVE'],
    assetUpdateSchema: [{ name: 'Apple', description: null, minQuantity: '1' }],
    assetSchema: [asset],
    priceUpdateSchema: [{ price: '185.25', asOf: at, source: 'feed' }],
  },
};
