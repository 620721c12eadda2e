import type { AssetDao } from '@cnop/dao-inventory';
import type { OrderDao } from '@cnop/dao-order';
import type { BalanceDao, SessionDao, UserDao } from '@cnop/dao-user';
import type { OrderFlow } from '@cnop/flow-order';

/** The classes and objects whose methods the rows of the matrix are about. */
export interface Owners {
  readonly UserDao: UserDao;
  readonly SessionDao: SessionDao;
  readonly BalanceDao: BalanceDao;
  readonly OrderDao: OrderDao;
  readonly AssetDao: AssetDao;
  readonly OrderFlow: OrderFlow;
}

/** A public method by its name, e.g. `OrderFlow.placeOrder`. */
export type WritingMethod = {
  [TOwner in keyof Owners]: `${TOwner}.${keyof Owners[TOwner] & string}`;
}[keyof Owners];
