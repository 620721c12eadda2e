import type { WatermarkLadder } from './watermark-ladder.ts';

/** How far an asset's ticks have been worked off, and the watermarks of its trails at that point. */
export interface TriggerCheckpoint {
  /** `asOf` of the newest tick of which, and of all before it, nothing is left to do. */
  readonly asOf: string;
  /** The highest prices, which sells trail. */
  readonly high: WatermarkLadder;
  /** The lowest prices, which buys trail. */
  readonly low: WatermarkLadder;
}
