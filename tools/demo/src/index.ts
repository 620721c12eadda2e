export {
  lastCloses,
  listStocks,
  loadPriceHistory,
  stockNames,
  toMonthlyCloses,
  type MonthlyClose,
} from './sample-market.ts';
