import type { Ignorer } from '@stryker-mutator/api/ignore';

/** As much of Babel's path to a node as is read here. */
interface Path {
  readonly node: { readonly type: string; readonly callee?: { readonly name?: string } };
  readonly parentPath?: Path;
  readonly listKey?: string;
}

const plainErrors = ['Error', 'RangeError', 'TypeError'];

/**
 * Leaves the sentences of plain errors alone: they are for whoever reads a log, no caller may depend on them. That the error is thrown
 * is tested all the same, and so are codes and details of every DomainError.
 */
export const sentenceIgnorer: Ignorer = {
  shouldIgnore: (path) => {
    const { node, parentPath, listKey } = path as Path;
    const isText = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';

    return isText && listKey === 'arguments' && isPlainError(parentPath) ? 'the sentence of a plain error' : undefined;
  },
};

const isPlainError = (path: Path | undefined): boolean =>
  path?.node.type === 'NewExpression' && plainErrors.includes(path.node.callee?.name ?? '');
