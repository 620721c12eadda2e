import type { AttributeValue } from '../attribute-value.ts';
import type { DocumentPath } from './document-path.ts';

/** What a SET gives to an attribute. */
export type SetOperand =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'if_not_exists'; readonly path: DocumentPath; readonly otherwise: SetOperand }
  | { readonly kind: 'list_append' | '+' | '-'; readonly left: SetOperand; readonly right: SetOperand };

/** An update with its placeholders replaced. */
export interface Update {
  readonly set: readonly { readonly path: DocumentPath; readonly operand: SetOperand }[];
  readonly remove: readonly DocumentPath[];
  readonly add: readonly { readonly path: DocumentPath; readonly value: AttributeValue }[];
  readonly delete: readonly { readonly path: DocumentPath; readonly value: AttributeValue }[];
}

/** Every place that an update touches. */
export const pathsOf = (update: Update): DocumentPath[] => [
  ...update.set.map(({ path }) => path),
  ...update.remove,
  ...update.add.map(({ path }) => path),
  ...update.delete.map(({ path }) => path),
];
