import { awsTargetFromEnv } from '../../src/aws-target.ts';

describe(awsTargetFromEnv, () => {
  it.each([undefined, '', '0', 'true'])('skips where CNOP_AWS_TEST is %p', (value) => {
    expect(awsTargetFromEnv({ CNOP_AWS_TEST: value, AWS_REGION: 'eu-west-1' }).kind).toBe('skip');
  });

  it('names its tables at random, so that two runs never meet', () => {
    const env = { CNOP_AWS_TEST: '1', AWS_REGION: 'eu-west-1' };

    const target = awsTargetFromEnv(env);

    expect(target).toMatchObject({ kind: 'run', isEmulator: false });
    expect(target.kind === 'run' && target.prefix).toMatch(/^cnop-test-[0-9a-f]{12}$/);
    expect(awsTargetFromEnv(env)).not.toEqual(awsTargetFromEnv(env));
  });

  it.each([
    [{}, 'AWS_REGION'],
    [{ AWS_REGION: 'eu-west-1', CNOP_AWS_TABLE_PREFIX: 'a/b' }, 'CNOP_AWS_TABLE_PREFIX'],
  ])('refuses %p by the name of the variable', (env, setting) => {
    expect(() => awsTargetFromEnv({ CNOP_AWS_TEST: '1', ...env })).toThrow(new RegExp(`^configuration: ${setting} `));
  });
});
