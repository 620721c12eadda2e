import { toIamPolicy, type IamPolicy } from '@cnop/database-core/infrastructure';
import { roles, type RoleName } from './roles.ts';

/** The policy of a role. */
export const policyOf = (role: RoleName): IamPolicy => toIamPolicy(roles[role]);

/** The names of all roles. */
export const roleNames = Object.keys(roles) as RoleName[];
