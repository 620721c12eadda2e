/** A key attribute: its name in the items and its DynamoDB type. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N';
}

/**
 * A global secondary index as plain data. An index without sort key lists the items of a partition in no particular
 * order.
 */
export interface IndexShape {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

/**
 * A DynamoDB table as plain data: enough to create it, to describe it to an infrastructure tool and to check a real one
 * against it.
 *
 * `name` is the logical name; a deployment maps it to a physical one. Keys are single attributes and every index is
 * global.
 */
export interface TableShape {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly indexes: readonly IndexShape[];
  /** What the table's stream tells of each change. Without it the table needs no stream. */
  readonly stream?: 'NEW_AND_OLD_IMAGES';
  /**
   * The attribute of type N, in seconds since 1970, past which DynamoDB may delete an item, within days. Clean-up only: an expired
   * item stays readable.
   */
  readonly timeToLive?: string;
}
