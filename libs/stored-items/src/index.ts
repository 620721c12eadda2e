export { afterPrefix, keyPart, type ItemKey, type RawItem } from './raw-item.ts';
export { exactNumber, fromWireMap, toWireMap } from './wire-map.ts';
