import { isDomainError } from '@cnop/exceptions';

/** Whether a read gave up because transactions kept writing to what it reads. */
export const isContention = (error: unknown): boolean => isDomainError(error) && error.code === 'CONTENTION';
