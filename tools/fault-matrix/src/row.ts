import { readersOf, type FactReader } from './facts.ts';
import { serviceTypes, type Services } from './services.ts';
import { createWorld, type World } from './world.ts';

/**
 * What connects a repeat with the first request.
 *
 * - `key`: a key that the caller named; the same request is sent again.
 * - `item`: the item itself, by its name, status or version; the caller looks, and sends the request again if it had no effect.
 * - `none`: nothing; the caller looks, and sends the request again only while no earlier one can be under way.
 */
export type Identity = 'key' | 'item' | 'none';

/** A call that writes, in one situation. */
export interface MatrixRow {
  readonly name: string;
  /** The method under test, such as `OrderDao.createOrder`. */
  readonly method: string;
  readonly identity: Identity;
  /** Where its effect shows. */
  readonly reads: readonly FactReader[];
  /** The facts that it adds (`+ …`), and those that replace the only one of the same first word (`~ …`). Empty: it must change nothing. */
  readonly effect: readonly string[];
  /** The code of the error that it must end with. Absent: it must succeed. */
  readonly refusal?: string;
  /** Makes what exists before the call. A text that it returns, an id or a token, is `given` in the functions below. */
  readonly before?: (world: World) => Promise<unknown>;
  /** The call, as one process makes it: returns the entity, or a result that has it as `user`, `transaction` or `order`. */
  readonly call: (world: World) => Promise<object>;
  /** How a caller finds out what became of the call; `undefined` when it had no effect. */
  readonly look?: ((world: World) => Promise<object | undefined>) | undefined;
  /** It is work that nobody waits for: a call tells nothing of what it has done, and what it has not finished, the next one does. */
  readonly isWork?: boolean;
  /** What others do between the call and its repeat. */
  readonly meanwhile?: (world: World) => Promise<unknown>;
}

type Case = Partial<MatrixRow> & Pick<MatrixRow, 'call'>;

/**
 * Rows by name. Unless stated otherwise the method is the one that the call begins with, the identity is `item`, there is no
 * effect, and it would show where the effects of that service do.
 */
export const rows = (cases: Readonly<Record<string, Case>>): MatrixRow[] =>
  Object.entries(cases).map(([name, row]) => {
    const { method = methodOf(row) } = row;
    const reads = readersOf[method.split('.', 1)[0] ?? ''] ?? [];
    return { identity: 'item', effect: [], reads, ...row, method, name };
  });

/** Makes the call with services that only tell what is called, and never return. */
function methodOf({ call }: Case): string {
  const methods: string[] = [];
  const recorder = (type: string) =>
    new Proxy({}, { get: (_, name) => () => (methods.push(`${type}.${String(name)}`), new Promise(() => undefined)) });
  const services = Object.entries(serviceTypes).map(([name, [type]]) => [name, recorder(type)]);

  void call(createWorld(Object.fromEntries(services) as Services, undefined as never, 0));
  return methods[0] ?? '';
}

/** A call with a key, and one without. */
export const keyings = [
  { suffix: 'keyed', isKeyed: true, identity: 'key' },
  { suffix: 'keyless', isKeyed: false, identity: 'none' },
] as const;

/** What a lookup finds, or `undefined` when it is refused with that code. */
export const unless = <TFound>(code: string, lookup: Promise<TFound>): Promise<TFound | undefined> =>
  lookup.catch((error: unknown) => {
    if ((error as { code?: unknown }).code === code) return undefined;
    throw error;
  });

/** The entity, if it has all the values that a change gave it. */
export const ifChanged = <TEntity extends object>(entity: TEntity, changes: object): TEntity | undefined =>
  Object.entries(changes).every(([name, value]) => Reflect.get(entity, name) === value) ? entity : undefined;
