/** Work on assets: each by itself, several at once. */
export interface AssetLanes {
  /** Has an asset worked. One that is in work is worked once more after it; one that waits already is worked once. */
  request(assetId: string): void;
  /** Whether an asset is in work or waits for it. */
  isBusy(assetId: string): boolean;
  /** The assets in work. */
  readonly inWork: readonly string[];
  /** Resolves when nothing is in work and nothing waits. */
  idle(): Promise<void>;
  /** Begins no more work. Resolves when what is in work has ended. */
  close(): Promise<void>;
}

/** What {@link createAssetLanes} takes. */
export interface AssetLanesOptions {
  /** Assets in work at once. */
  readonly atOnce: number;
  /** Works one asset; never twice at once for the same one. Must not reject. */
  readonly work: (assetId: string) => Promise<void>;
}

/** Makes the lanes. Assets are begun in the order in which they were requested, so a slow one holds up one place and nobody else. */
export function createAssetLanes({ atOnce, work }: AssetLanesOptions): AssetLanes {
  const waiting = new Set<string>();
  const inWork = new Map<string, Promise<void>>();
  let isClosed = false;

  const beginNext = () => {
    for (const assetId of waiting) {
      if (isClosed || inWork.size >= atOnce) return;
      if (inWork.has(assetId)) continue;
      waiting.delete(assetId);
      const ended = work(assetId).finally(() => {
        inWork.delete(assetId);
        beginNext();
      });
      inWork.set(assetId, ended);
    }
  };
  const idle = async () => {
    while (inWork.size > 0) await Promise.all(inWork.values());
  };

  return {
    request: (assetId) => {
      if (isClosed) return;
      waiting.add(assetId);
      beginNext();
    },
    isBusy: (assetId) => inWork.has(assetId) || waiting.has(assetId),
    get inWork() {
      return [...inWork.keys()];
    },
    idle,
    close: async () => {
      isClosed = true;
      waiting.clear();
      await idle();
    },
  };
}
