import { isSuccess, replaceBody } from './answers.ts';
import type { Fault, FaultyCall } from './fault.ts';
import { type Attributes, itemName, touchedItems } from './touched-items.ts';

export interface StaleIndexOptions {
  /** How far the index lags behind: items written later than this many milliseconds ago are missing. */
  readonly lagMs: number;
  /** The key attributes of the tables. Default `pk` and `sk`. */
  readonly keyAttributes?: readonly string[];
}

interface QueryAnswer {
  readonly Items?: readonly Attributes[];
  readonly Count?: number;
}

/**
 * A Query on an index answers as if the index had not yet heard of the latest writes: items written within `lagMs` through the
 * same injector are left out, also where an update only moved or changed them. The page may be short, even empty, and have a
 * next one. Items that the answer gives without their key are not recognised. Affects a Query with an IndexName only.
 */
export function staleIndex({ lagMs, keyAttributes = ['pk', 'sk'] }: StaleIndexOptions): Fault {
  const recentNames = (call: FaultyCall) => {
    const since = call.now() - lagMs;
    const recent = call.history.filter(({ carriedOut, landedAtMs = 0 }) => carriedOut && landedAtMs > since);

    return new Set(
      recent
        .flatMap(touchedItems)
        .filter(({ written }) => written)
        .map((item) => itemName(item, keyAttributes)),
    );
  };

  return {
    name: `stale index (${lagMs} ms)`,
    appliesTo: ({ target, body }) => target === 'Query' && body.includes('"IndexName"'),
    apply: async (call) => {
      const hidden = recentNames(call);
      const answer = await call.send();
      if (!isSuccess(answer)) return answer;

      const { TableName } = JSON.parse(call.body) as { TableName: string };
      const body = JSON.parse(new TextDecoder().decode(answer.body)) as QueryAnswer;
      if (!body.Items) return answer;
      const Items = body.Items.filter(
        (item) => !hidden.has(itemName({ table: TableName, attributes: item }, keyAttributes)),
      );
      return replaceBody(answer, { ...body, Items, Count: Items.length });
    },
  };
}
