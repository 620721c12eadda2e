import type { Tick } from '@cnop/entities-inventory';
import type { OrderStatus } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';

/** Is told what the engine does, for metrics and logs. Names orders, assets and ticks, never owners. */
export interface EngineObserver {
  /** These ticks of an asset are worked off, in their order; ticks of before a restart may come again. */
  ticksWorked?(worked: {
    readonly assetId: string;
    /** At least one. */
    readonly ticks: readonly Tick[];
    /** Rungs of the watermark ladders. */
    readonly depth: number;
    /** Trailing stops in memory. */
    readonly trails: number;
  }): void;
  ordersDue?(due: { readonly assetId: string; readonly count: number }): void;
  /** An order was filled, failed or expired, or works on as a limit order. */
  executed?(order: { readonly assetId: string; readonly outcome: OrderStatus }): void;
  /** A sweep has found orders that an index had shown late. */
  foundLate?(late: { readonly assetId: string; readonly count: number }): void;
  /** The sweep of the last day has judged orders from their beginnings. */
  sweptDay?(swept: { readonly assetId: string; readonly judged: number }): void;
  /** An execution has failed for a reason that does not pass by itself. */
  failed?(failure: { readonly assetId: string; readonly orderId: string; readonly error: unknown }): void;
  /** An order was set aside: it is out of reach of triggers until it is resumed. */
  setAside?(order: { readonly assetId: string; readonly orderId: string }): void;
}

/** What the parts of the engine work with. */
export interface EngineContext extends OrderFlowContext {
  readonly observer: EngineObserver;
  /** Owners whose orders are executed side by side. */
  readonly ownersAtOnce: number;
  readonly checkpointEveryTicks: number;
  readonly checkpointEveryMs: number;
}
