import type { AttributeValue } from '../attribute-value.ts';
import type { DocumentPath } from './document-path.ts';

/** What a condition compares: a place in the item, a given value, or the size of what is in a place. */
export type Operand =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly path: DocumentPath };

/** A comparing sign. */
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A function that holds or does not. */
export type TestFunction = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

/** A condition with its placeholders replaced. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly inner: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly from: Operand; readonly to: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Operand[] }
  | { readonly kind: 'test'; readonly name: TestFunction; readonly operand: Operand; readonly argument?: Operand };

/** The operands of a condition and of all its parts. */
export function operandsOf(condition: Condition): Operand[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.inner);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.from, condition.to];
    case 'in':
      return [condition.operand, ...condition.candidates];
    case 'test':
      return condition.argument ? [condition.operand, condition.argument] : [condition.operand];
  }
}
