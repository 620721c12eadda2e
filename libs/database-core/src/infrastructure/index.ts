export {
  indexWriteUnits,
  type ItemChange,
  itemSizeBytes,
  type ReadKind,
  readUnits,
  writeUnits,
  type WriteUnits,
  writeUnitsOf,
} from './capacity.ts';
export {
  toIamPolicy,
  type IamConditions,
  type IamPolicy,
  type IamStatement,
  type TableAction,
  type TableGrant,
} from './iam-policy.ts';
export {
  type CloudFormationOutput,
  type CloudFormationParameter,
  type CloudFormationTable,
  type CloudFormationTemplate,
  type TableTemplateOptions,
  toCloudFormation,
} from './to-cloudformation.ts';
export {
  toTerraform,
  type TerraformConfiguration,
  type TerraformIndex,
  type TerraformOutput,
  type TerraformTable,
  type TerraformVariable,
} from './to-terraform.ts';
