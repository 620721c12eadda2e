import { InsufficientFundsError, isDomainError, toProblemDetails } from '@cnop/exceptions';

try {
  throw new InsufficientFundsError({ code: 'USD', available: '10.00', required: '12.50' });
} catch (error) {
  if (!isDomainError(error)) throw error;

  const problem = toProblemDetails(error, { instance: '/v1/orders' });
  process.stdout.write(`${problem.status} ${problem.code}\n`); // 422 BALANCE_INSUFFICIENT
}
