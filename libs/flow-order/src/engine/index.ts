export { createTrailMirror, type TrailMirror, type TrailMirrorOptions } from './trail-mirror.ts';
