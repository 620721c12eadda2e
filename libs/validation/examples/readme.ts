import { isDomainError } from '@cnop/exceptions';
import { assetIdSchema, parseInput, positiveDecimalTextSchema } from '@cnop/validation';
import * as z from 'zod';

const orderSchema = z.strictObject({ assetId: assetIdSchema, quantity: positiveDecimalTextSchema });

try {
  parseInput(orderSchema, { assetId: 'AAPL', quantity: '0.0', price: '1' });
} catch (error) {
  if (!isDomainError(error)) throw error;
  console.log(error.code, error.details); // VALIDATION_FAILED, with an issue at /quantity and one at /price
}
