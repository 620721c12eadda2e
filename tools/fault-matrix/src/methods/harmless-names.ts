/** Everything public that writes nothing by itself: it reads, wires, or makes the part of a transaction that another one sends. */
export const harmlessNames: ReadonlySet<string> = new Set([
  'AssetDao.clock',
  'AssetDao.findAsset',
  'AssetDao.getAsset',
  'AssetDao.getAssets',
  'AssetDao.getAssetsByIds',
  'createAssetPriceSource',
  'getAssetDao',

  'OrderDao.findOrder',
  'OrderDao.getOrder',
  'OrderDao.getOrdersByUser',
  'OrderDao.getOrdersByUserAndAsset',
  'OrderDao.getOrdersByUserAndStatus',
  'OrderDao.placeOrderGuard',
  'OrderDao.refundOrderGuard',
  'getOrderDao',

  'UserDao.findUserByEmail',
  'UserDao.getUserByUsername',
  'UserDao.verifyPassword',
  'getUserDao',

  'BalanceDao.creditAction',
  'BalanceDao.debitAction',
  'BalanceDao.getBalance',
  'BalanceDao.getTransaction',
  'BalanceDao.getUserTransactions',
  'BalanceDao.listBalances',
  'BalanceDao.putTransactionAction',
  'getBalanceDao',

  'createAccountQueue',
  'checkLedger',
  'getPortfolio',
  'toPortfolioResponse',
]);
