const notFrozen = '((attribute_not_exists(#status)) OR (#status = :active))';
const status = { ExpressionAttributeNames: { '#status': 'status' } };

const hold = {
  UpdateExpression: 'SET updatedAt = :at ADD availableMinor :change, heldMinor :amount, version :one',
  ConditionExpression: `(scale = :scale) AND (availableMinor >= :amount) AND ${notFrozen}`,
  ...status,
  ExpressionAttributeValues: { ':amount': { N: '1250' }, ':change': { N: '-1250' }, ':active': { S: 'ACTIVE' } },
};

const release = {
  UpdateExpression: 'SET updatedAt = :at ADD availableMinor :amount, heldMinor :change, version :one',
  ConditionExpression: '(scale = :scale) AND (heldMinor >= :amount)',
  ExpressionAttributeValues: { ':amount': { N: '1250' }, ':change': { N: '-1250' } },
};

const capture = {
  UpdateExpression: 'SET updatedAt = :at ADD heldMinor :captured, version :one',
  ConditionExpression: `(scale = :scale) AND (heldMinor >= :held) AND ${notFrozen}`,
  ...status,
  ExpressionAttributeValues: { ':held': { N: '1250' }, ':captured': { N: '-1250' }, ':active': { S: 'ACTIVE' } },
};

const creditHeld = {
  UpdateExpression:
    'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), availableMinor = if_not_exists(availableMinor, :none), createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD heldMinor :amount, version :one',
  ConditionExpression: '(attribute_not_exists(scale)) OR (scale = :scale)',
  ExpressionAttributeValues: { ':schemaVersion': { N: '1' }, ':none': { N: '0' }, ':amount': { N: '1250' } },
};

interface Sent {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: object;
}

/** An update with more at the end of its expressions. */
const extended = (
  update: Sent,
  { adds = '', condition = '', values = {} }: { adds?: string; condition?: string; values?: object },
) => ({
  ...update,
  UpdateExpression: update.UpdateExpression + adds,
  ConditionExpression: update.ConditionExpression + condition,
  ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...values },
});

const amount = { amountMinor: 1_250n };
const opensOrder = { ...amount, opensOrder: true };
const closing = {
  adds: ', openOrders :minusOne',
  condition: ' AND (openOrders >= :one)',
  values: { ':minusOne': { N: '-1' } },
};

/** What each form of an action on a hold of 12.50 USD sends, besides what all of them do. */
export const heldUpdates = {
  hold: [
    { move: amount, update: hold },
    { move: opensOrder, update: extended(hold, { adds: ', openOrders :one' }) },
    {
      move: { ...opensOrder, maxOpenOrders: 500 },
      update: extended(hold, {
        adds: ', openOrders :one',
        condition: ' AND ((attribute_not_exists(openOrders)) OR (openOrders < :maxOpenOrders))',
        values: { ':maxOpenOrders': { N: '500' } },
      }),
    },
  ],
  release: [
    { move: amount, update: release },
    { move: { ...amount, closesOrder: true }, update: extended(release, closing) },
  ],
  capture: [
    { move: { heldMinor: 1_250n, availableMinor: 0n }, update: capture },
    {
      move: { heldMinor: 1_250n, availableMinor: 50n },
      update: extended(capture, { adds: ', availableMinor :rest', values: { ':rest': { N: '50' } } }),
    },
    {
      move: { heldMinor: 1_250n, availableMinor: -50n, closesOrder: true },
      update: extended(capture, {
        adds: ', availableMinor :rest, openOrders :minusOne',
        condition: ' AND (availableMinor >= :missing) AND (openOrders >= :one)',
        values: { ...closing.values, ':rest': { N: '-50' }, ':missing': { N: '50' } },
      }),
    },
  ],
  creditHeld: [
    { move: amount, update: creditHeld },
    { move: opensOrder, update: extended(creditHeld, { adds: ', openOrders :one' }) },
  ],
} as const;
