import { type IamPolicy, toCloudFormation, toIamPolicy, toTerraform } from '@cnop/database-core/infrastructure';
import { type RoleName, roleNames, roles, shapes } from './roles.ts';

/** What an ARN of a table begins with in the policies, whose names CloudFormation replaces. */
const arnStart = 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/';

/**
 * Everything that a deployment under that prefix needs of AWS, by the name of its file: the tables with a managed policy for each role,
 * for CloudFormation and for Terraform; the policies alone; the variables that name the tables to a service.
 *
 * @param prefix - what every physical name starts with, such as `prod-`.
 * @throws RangeError for a prefix that no table's name may start with.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html}
 */
export function templatesFor(prefix: string): Record<string, string> {
  if (!/^[A-Za-z0-9_.-]{1,200}$/.test(prefix)) {
    throw new RangeError(
      `--prefix is 1 to 200 letters, digits, "_", "." and "-", such as prod-; not ${JSON.stringify(prefix)}`,
    );
  }
  const policies = roleNames.map((role): [RoleName, IamPolicy] => [role, toIamPolicy(roles[role], { prefix })]);

  return {
    'cloudformation.json': json(cloudFormation(prefix, policies)),
    'terraform.tf.json': json(terraform(prefix, policies)),
    'tables.env': shapes.map(({ name }) => `CNOP_TABLE_${name.toUpperCase()}=${prefix}${name}\n`).join(''),
    ...Object.fromEntries(policies.map(([role, policy]) => [`iam/${role}.json`, json(policy)])),
  };
}

type Policies = readonly (readonly [RoleName, IamPolicy])[];

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function cloudFormation(prefix: string, policies: Policies): object {
  const { Resources, Outputs, ...rest } = toCloudFormation(shapes, { prefix });
  const resourceOf = (role: string) =>
    `${role.replaceAll(/(?:^|-)./g, (start) => start.slice(-1).toUpperCase())}Policy`;
  const managed = policies.map(([role, { Version, Statement }]) => {
    const statements = Statement.map(({ Resource, ...statement }) => ({
      ...statement,
      Resource: Resource.map((arn) => ({ 'Fn::Sub': arn })),
    }));
    const Properties = {
      Description: `What ${prefix}${role} may do.`,
      PolicyDocument: { Version, Statement: statements },
    };

    return [resourceOf(role), { Type: 'AWS::IAM::ManagedPolicy', Properties }];
  });
  const arns = policies.map(([role]) => [`${resourceOf(role)}Arn`, { Value: { Ref: resourceOf(role) } }]);

  return {
    ...rest,
    Resources: { ...Resources, ...(Object.fromEntries(managed) as object) },
    Outputs: { ...Outputs, ...(Object.fromEntries(arns) as object) },
  };
}

function terraform(prefix: string, policies: Policies): object {
  const { resource, output } = toTerraform(shapes, { prefix });
  const named = (policy: IamPolicy) =>
    shapes.reduce(
      (text, { name }) => text.replaceAll(`${arnStart}${prefix}${name}`, `\${aws_dynamodb_table.${name}.arn}`),
      JSON.stringify(policy),
    );
  const managed = policies.map(([role, policy]) => [
    role.replaceAll('-', '_'),
    { name: `${prefix}${role}`, policy: named(policy) },
  ]);
  const arns = policies.map(([role]) => {
    const name = role.replaceAll('-', '_');
    return [`${name}_policy_arn`, { value: `\${aws_iam_policy.${name}.arn}` }];
  });

  return {
    resource: { ...resource, aws_iam_policy: Object.fromEntries(managed) as object },
    output: { ...output, ...(Object.fromEntries(arns) as object) },
  };
}
