export { compileItemParser, type ItemOf } from './item-parser.ts';
export {
  afterPrefix,
  compileItemReader,
  keyPart,
  type ItemKey,
  type ItemReaderOptions,
  type RawItem,
} from './item-reader.ts';
export { exactNumber, fromWireMap, toWireMap } from './wire-map.ts';
