/** The codes by which an order fails that no request is refused with. Any other `failureCode` is the code of an error. */
export const failureCodes = {
  /** A stop buy was triggered at a price above its maximum. */
  COLLAR_EXCEEDED: 'COLLAR_EXCEEDED',
  /** The venue ended the order by itself. */
  VENUE_REJECTED: 'VENUE_REJECTED',
} as const;
