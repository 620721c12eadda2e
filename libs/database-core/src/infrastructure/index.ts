export {
  indexWriteUnits,
  readUnits,
  writeUnitsOf,
  writeUnits,
  type ItemChange,
  type ReadKind,
  type WriteUnits,
} from './capacity.ts';
export {
  toIamPolicy,
  type IamConditions,
  type IamPolicy,
  type IamStatement,
  type TableAction,
  type TableGrant,
} from './iam-policy.ts';
export { itemSizeBytes } from './item-size.ts';
export type { TableTemplateOptions } from './template-names.ts';
export {
  toCloudFormation,
  type CloudFormationOutput,
  type CloudFormationParameter,
  type CloudFormationTable,
  type CloudFormationTemplate,
} from './to-cloudformation.ts';
export {
  toTerraform,
  type TerraformConfiguration,
  type TerraformIndex,
  type TerraformOutput,
  type TerraformTable,
  type TerraformVariable,
} from './to-terraform.ts';
