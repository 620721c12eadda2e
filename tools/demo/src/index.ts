export { lastCloses, listStocks } from './sample-market.ts';
