export interface Violation {
  readonly rule:
    | 'negative balance'
    | 'reading is wrong'
    | 'unexpected outcome'
    | 'effect is missing'
    | 'effect is there more than once'
    | 'refused effect is there'
    | 'answers differ'
    | 'repeat is no replay'
    | 'outcome stays unknown'
    | 'total differs'
    | 'order differs'
    | 'not linearizable'
    | 'history is undecided'
    | 'ledger is broken'
    | 'end differs';
  readonly detail: string;
}
