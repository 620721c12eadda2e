import type { Figure } from './figure.ts';

/** What the ratio of one figure must keep. */
export interface Bound {
  readonly part: Figure['part'];
  readonly name: string;
  readonly contender: string;
  /** The ratio must not be above. */
  readonly max?: number;
  /** The same for the short form, whose few seconds tell less. Default: `max`. */
  readonly maxInShort?: number;
  /** The ratio must not be below. */
  readonly min?: number;
  /** The contenders whose ratio of the same name must be above this one's. */
  readonly below?: readonly string[];
}

/**
 * What the figures do not keep, a sentence each. A figure that was not taken in this run breaks nothing; one that was, without a
 * ratio, does. In the short form the lower quartile is held against the maximum, where there is one: what else the machine does in
 * those few seconds only makes a ratio worse.
 */
export function brokenBounds(
  figures: readonly Figure[],
  bounds: readonly Bound[],
  { short = false }: { readonly short?: boolean } = {},
): string[] {
  return bounds.flatMap((bound) => {
    const figure = find(figures, bound);
    if (!figure) return [];

    const { maxInShort = bound.max, ...others } = bound;
    const { lowerQuartile = figure.ratio } = figure.values;
    if (!short) return problemsOf(figure, bound, figures);
    return problemsOf(
      { ...figure, ...(lowerQuartile !== undefined && { ratio: lowerQuartile }) },
      { ...others, ...(maxInShort !== undefined && { max: maxInShort }) },
      figures,
    );
  });
}

function problemsOf(figure: Figure, { max, min, below = [] }: Bound, figures: readonly Figure[]): string[] {
  const { part, name, contender, ratio } = figure;
  const title = `${part} ${name} ${contender}`;
  if (ratio === undefined || Number.isNaN(ratio)) return [`${title}: there is no ratio.`];

  const rivals = below.flatMap((rival) => find(figures, { part, name, contender: rival }) ?? []);
  return [
    ...(max !== undefined && ratio > max ? [`${title}: ${ratio} is above ${max}.`] : []),
    ...(min !== undefined && ratio < min ? [`${title}: ${ratio} is below ${min}.`] : []),
    ...rivals
      .filter((rival) => rival.ratio !== undefined && ratio >= rival.ratio)
      .map((rival) => `${title}: ${ratio} is not below the ${String(rival.ratio)} of ${rival.contender}.`),
  ];
}

type FigureName = Pick<Figure, 'part' | 'name' | 'contender'>;

const find = (figures: readonly Figure[], { part, name, contender }: FigureName): Figure | undefined =>
  figures.find((figure) => figure.part === part && figure.name === name && figure.contender === contender);
