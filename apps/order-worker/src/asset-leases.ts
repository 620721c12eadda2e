import type { TriggerStateDao } from '@cnop/dao-order';
import type { Clock } from '@cnop/utils';
import { createPeriod, type Period } from './period.ts';

/** Which assets this worker goes first with. Advisory: two workers that both go first do the same work twice, and nothing else. */
export interface AssetLeases {
  /** Claims or renews the lease of an asset, where that is due, and tells whether this worker goes first. Never rejects. */
  hold(assetId: string): Promise<boolean>;
  /** Whether it went first when last it asked. */
  isHeld(assetId: string): boolean;
  /** How many assets it goes first with. */
  readonly size: number;
  /** Lets others go first at once. Never rejects. */
  releaseAll(): Promise<void>;
}

/** What {@link createAssetLeases} takes. */
export interface AssetLeasesOptions {
  readonly triggers: Pick<TriggerStateDao, 'claimLease'>;
  readonly clock: Clock;
  /** Names this worker. */
  readonly holder: string;
  /** After how long without a renewal another worker goes first, in milliseconds. */
  readonly leaseMs: number;
  /** How many assets it goes first with at most. */
  readonly maxAssets: number;
  readonly onProblem: (problem: { readonly assetId: string; readonly error: unknown }) => void;
}

interface LeaseState {
  isHeld: boolean;
  /** Until then what is known of the lease is not asked again. */
  readonly known: Period;
}

/**
 * Keeps the leases of assets. One that is held is renewed every third of its time while the asset is worked on, 1 write unit; one that
 * another worker holds is asked for every half of it. Where the store cannot be asked, all stays as it was.
 */
export function createAssetLeases(options: AssetLeasesOptions): AssetLeases {
  const { triggers, clock, holder, leaseMs, maxAssets, onProblem } = options;
  const leases = new Map<string, LeaseState>();
  /** Claims under way, of assets that are not held. */
  const claims = new Set<string>();
  const heldIds = () => [...leases].filter(([, { isHeld }]) => isHeld).map(([assetId]) => assetId);
  const remember = (assetId: string, isHeld: boolean) => {
    const known = createPeriod(clock, Math.floor(leaseMs / (isHeld ? 3 : 2)));

    known.restart();
    leases.set(assetId, { isHeld, known });
    return isHeld;
  };

  return {
    hold: async (assetId) => {
      const state = leases.get(assetId);
      if (state && !state.known.isOver()) return state.isHeld;
      if (!state?.isHeld && heldIds().length + claims.size >= maxAssets) return false;

      if (!state?.isHeld) claims.add(assetId);
      try {
        return remember(assetId, await triggers.claimLease(assetId, holder, { ttlMs: leaseMs }));
      } catch (error) {
        onProblem({ assetId, error });
        return state?.isHeld ?? true;
      } finally {
        claims.delete(assetId);
      }
    },
    isHeld: (assetId) => leases.get(assetId)?.isHeld ?? false,
    get size() {
      return heldIds().length;
    },
    releaseAll: async () => {
      const held = heldIds();

      leases.clear();
      await Promise.allSettled(held.map((assetId) => triggers.claimLease(assetId, holder, { ttlMs: 1 })));
    },
  };
}
