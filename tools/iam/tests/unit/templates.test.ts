import { type IamPolicy, toIamPolicy } from '@cnop/database-core/infrastructure';
import { roleNames, roles, shapes } from '../../src/roles.ts';
import { templatesFor } from '../../src/templates.ts';

const files = templatesFor('prod-');
const read = (name: string) => JSON.parse(files[name]!) as Record<string, Record<string, Record<string, unknown>>>;

describe(templatesFor, () => {
  it('names every table by the prefix, in each file', () => {
    const names = shapes.map(({ name }) => `prod-${name}`);
    const cloudFormation = Object.values(read('cloudformation.json')['Resources']!)
      .map(({ Properties }) => (Properties as { TableName?: string }).TableName)
      .filter((name) => name !== undefined);
    const terraform = Object.values(read('terraform.tf.json')['resource']!['aws_dynamodb_table']!);

    expect(cloudFormation).toEqual(names);
    expect(terraform).toMatchObject(names.map((name) => ({ name })));
    expect(files['tables.env']).toContain('CNOP_TABLE_USERS=prod-users\n');
  });

  it.each(roleNames)('gives the role %s the same policy in each file', (role) => {
    const policy = toIamPolicy(roles[role], { prefix: 'prod-' });
    const name = role.replace('-', '_');
    const { Properties } = read('cloudformation.json')['Resources']![policyResource(role)]!;
    const { policy: ofTerraform } = (
      read('terraform.tf.json')['resource']!['aws_iam_policy'] as Record<string, { policy: string }>
    )[name]!;
    const arnOf = (text: string) =>
      text.replaceAll(
        /\$\{aws_dynamodb_table\.(\w+)\.arn\}/g,
        'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/prod-$1',
      );

    expect(read(`iam/${role}.json`)).toEqual(policy);
    expect(plain((Properties as { PolicyDocument: object }).PolicyDocument)).toEqual(policy);
    expect(ofTerraform).not.toContain('AWS::');
    expect(JSON.parse(arnOf(ofTerraform))).toEqual(policy);
  });

  it.each(['', 'prod/', 'prod ', 'p'.repeat(201)])('refuses the prefix "%s"', (prefix) => {
    expect(() => templatesFor(prefix)).toThrow(/--prefix is 1 to 200/);
  });
});

const policyResource = (role: string) =>
  `${role
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')}Policy`;

/** A policy whose ARNs are texts again. */
const plain = (document: object) =>
  JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'Fn::Sub' in value ? value['Fn::Sub'] : value,
  ) as IamPolicy;
