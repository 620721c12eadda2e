/**
 * One request of each type of order, for an asset at about 100.00. They are in the schema of `OrderCreate`, and so in OpenAPI documents;
 * a test places every one.
 */
export const orderCreateExamples = [
  { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2', maxPrice: '105.00' },
  { orderType: 'MARKET_SELL', assetId: 'MSFT', quantity: '2', minPrice: '95.00' },
  {
    orderType: 'LIMIT_BUY',
    assetId: 'MSFT',
    quantity: '2',
    limitPrice: '95.00',
    exits: { takeProfitPrice: '120.00', stopPrice: '85.00' },
  },
  { orderType: 'LIMIT_SELL', assetId: 'MSFT', quantity: '2', limitPrice: '110.00' },
  { orderType: 'STOP_LOSS_BUY', assetId: 'MSFT', quantity: '2', stopPrice: '110.00', maxPrice: '115.00' },
  { orderType: 'STOP_LOSS_SELL', assetId: 'MSFT', quantity: '2', stopPrice: '90.00', limitPrice: '88.00' },
  { orderType: 'TAKE_PROFIT_BUY', assetId: 'MSFT', notional: '200.00', stopPrice: '90.00' },
  { orderType: 'TAKE_PROFIT_SELL', assetId: 'MSFT', quantity: '2', stopPrice: '110.00', timeInForce: 'GTC' },
  { orderType: 'TRAILING_STOP_BUY', assetId: 'MSFT', quantity: '2', trailPercent: '5', maxPrice: '110.00' },
  { orderType: 'TRAILING_STOP_SELL', assetId: 'MSFT', quantity: '2', trailAmount: '4.00' },
  {
    orderType: 'OCO_BUY',
    assetId: 'MSFT',
    quantity: '2',
    limitPrice: '90.00',
    stopPrice: '110.00',
    maxPrice: '115.00',
  },
  { orderType: 'OCO_SELL', assetId: 'MSFT', quantity: '2', limitPrice: '115.00', trailPercent: '4.5' },
] as const;
