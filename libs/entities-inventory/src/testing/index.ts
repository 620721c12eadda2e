export { makeAssetCreate } from './make-asset-create.ts';
export { makeAsset } from './make-asset.ts';
export { makeQuote, type QuoteOverrides } from './make-quote.ts';
