export { listStocks, stockNames } from './list-stocks.ts';
export { lastCloses, loadPriceHistory, toMonthlyCloses, type MonthlyClose } from './price-history.ts';
