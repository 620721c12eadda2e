export { makeAsset, makeAssetCreate, makeQuote, type QuoteOverrides } from './make-assets.ts';
