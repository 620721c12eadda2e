import { chooseBackends, startableBackends } from '../../src/start-dynamo-db.ts';

describe(chooseBackends, () => {
  it('uses the DynamoDB that DYNAMODB_ENDPOINT names', () => {
    const choice = chooseBackends({ DYNAMODB_ENDPOINT: 'http://db:8000' }, startableBackends);

    expect(choice).toEqual({ kind: 'use', endpoint: 'http://db:8000' });
  });

  it('lets DYNAMODB_ENDPOINT win over CNOP_DYNAMODB', () => {
    const env = { DYNAMODB_ENDPOINT: 'https://db:8000', CNOP_DYNAMODB: 'java' };

    expect(chooseBackends(env, startableBackends).kind).toBe('use');
  });

  it.each(['db:8000', 'ftp://db', 'nonsense'])('refuses the endpoint %s', (endpoint) => {
    expect(() => chooseBackends({ DYNAMODB_ENDPOINT: endpoint }, startableBackends)).toThrow(
      `DYNAMODB_ENDPOINT must be an http or https URL, not '${endpoint}'.`,
    );
  });

  it.each(startableBackends)('tries %s alone when CNOP_DYNAMODB forces it', (name) => {
    const choice = chooseBackends({ CNOP_DYNAMODB: name }, startableBackends);

    expect(choice).toEqual({ kind: 'start', candidates: [name] });
  });

  it('refuses a CNOP_DYNAMODB that names no backend', () => {
    expect(() => chooseBackends({ CNOP_DYNAMODB: 'oracle' }, startableBackends)).toThrow(
      "CNOP_DYNAMODB must be one of docker, embedded, java, not 'oracle'.",
    );
  });

  it('tries the preferred backends in their order when nothing is set, or set to nothing', () => {
    const choice = chooseBackends({ DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: '' }, ['embedded', 'java']);

    expect(choice).toEqual({ kind: 'start', candidates: ['embedded', 'java'] });
  });

  it('prefers Docker, then embedded, then Java', () => {
    expect(startableBackends).toEqual(['docker', 'embedded', 'java']);
  });
});
