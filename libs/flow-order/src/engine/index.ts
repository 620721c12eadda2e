export type { EngineObserver } from './engine-context.ts';
export { createOrderEngine, type OrderEngine, type OrderEngineOptions } from './order-engine.ts';
export { createTrailMirror, type TrailMirror, type TrailMirrorOptions } from './trail-mirror.ts';
