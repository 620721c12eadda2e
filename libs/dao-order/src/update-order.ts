import { executeWrite, type RawItem } from '@cnop/database-core';
import { orderErrors, type Order } from '@cnop/entities-order';
import { fromOrderItem, orderKey } from '@cnop/entities-order/table';
import { OutcomeUnknownError, VersionConflictError, type DomainError } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove, $set } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { z } from 'zod';
import type { orderChangeSchema } from './order-inputs.ts';
import type { OrderContext } from './orders-table.ts';
import { getOrder } from './read-order.ts';

/** Changes an order's note or metadata at a known version; see `OrderDao.updateOrder`. */
export async function updateOrder(
  context: OrderContext,
  { orderId, expectedVersion, changes }: z.output<typeof orderChangeSchema>,
): Promise<Order> {
  const { database, table } = context;
  const { note, metadata } = changes;
  const writeId = database.ids.ulid();
  const { Update } = table.order
    .build(UpdateTransaction)
    .item({
      ...orderKey(orderId),
      ...(note !== undefined && { note: note ?? $remove() }),
      ...(metadata !== undefined && { metadata: metadata === null ? $remove() : $set(metadata) }),
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({ condition: { attr: 'version', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'updateOrder',
    reference: { orderId },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) =>
        versionRefusal({ orderId, expectedVersion, earlierAttemptUnknown }, oldItem),
    },
  });
  return item ? fromOrderItem(item) : await getOrder(context, orderId);
}

interface VersionedAttempt {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly earlierAttemptUnknown: boolean;
}

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { orderId, expectedVersion, earlierAttemptUnknown }: VersionedAttempt,
  oldItem: RawItem | undefined,
): DomainError {
  if (!oldItem) return new orderErrors.OrderNotFoundError({ orderId });

  const { version } = fromOrderItem(oldItem);
  return earlierAttemptUnknown && version > expectedVersion + 1
    ? new OutcomeUnknownError({ operation: 'updateOrder', orderId })
    : new VersionConflictError({ resource: 'order', expectedVersion, currentVersion: version });
}
