import * as daoInventory from '@cnop/dao-inventory';
import * as daoLedger from '@cnop/dao-ledger';
import * as daoOrder from '@cnop/dao-order';
import * as daoUser from '@cnop/dao-user';
import * as flowOrder from '@cnop/flow-order';
import * as ledgerAudit from '@cnop/ledger-audit';
import * as portfolio from '@cnop/portfolio';

/** Every library whose layer is dao or flow, by its name: what a service can write with. */
export const libraries: Readonly<Record<string, object>> = {
  'dao-inventory': daoInventory,
  'dao-ledger': daoLedger,
  'dao-order': daoOrder,
  'dao-user': daoUser,
  'flow-order': flowOrder,
  'ledger-audit': ledgerAudit,
  portfolio,
};
