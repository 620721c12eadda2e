export { makeAsset, makeAssetCreate, makeQuote, makeTick, type QuoteOverrides } from './make-assets.ts';
