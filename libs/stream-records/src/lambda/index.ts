export { createStreamHandler, type StreamHandler, type StreamHandlerOptions } from './stream-handler.ts';
export type { StreamEvent, StreamEventContext, StreamResponse } from './stream-event.ts';
export type { StreamRecord } from '../stream-record.ts';
