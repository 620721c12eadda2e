export { compileItemParser, type ItemOf } from './item-parser.ts';
export { compileItemReader, type ItemReaderOptions } from './item-reader.ts';
