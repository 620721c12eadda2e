import type { serviceKinds } from '../service-kinds.ts';
import type { Services } from '../services.ts';

/** A public method by its name, e.g. `OrderFlow.placeOrder`. */
export type WritingMethod = {
  [TName in keyof Services]: `${(typeof serviceKinds)[TName]['owner']}.${keyof Services[TName] & string}`;
}[keyof Services];
