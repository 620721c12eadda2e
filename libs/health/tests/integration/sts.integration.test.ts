import { STSClient } from '@aws-sdk/client-sts';
import { createHealthRegistry } from '@cnop/health';
import { stsCheck } from '@cnop/health/sts';
import { timesOutMs } from '@cnop/testing';

import { startScriptedServer, type ScriptedServer } from '../scripted-server.ts';

const identity =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
const refusal =
  '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>secret text</Message></Error></ErrorResponse>';

let server: ScriptedServer;
let client: STSClient;

beforeEach(async () => {
  server = await startScriptedServer();
  client = new STSClient({
    region: 'eu-central-1',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.stop();
});

describe(stsCheck, () => {
  it('passes when STS knows the credentials', async () => {
    server.answer({ status: 200, body: identity });
    const health = createHealthRegistry();
    health.register(stsCheck({ client, timeoutMs: 60_000 }));

    const { checks } = await health.readiness();

    expect(checks).toMatchObject({ sts: { status: 'pass' } });
  });

  it('fails with the code alone when STS refuses them', async () => {
    server.answer({ status: 403, body: refusal });
    const health = createHealthRegistry();
    health.register(stsCheck({ client, name: 'credentials', timeoutMs: 60_000 }));

    const report = await health.readiness();

    expect(report.checks.credentials).toMatchObject({ status: 'fail', message: 'InvalidClientTokenId' });
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('warns when it is not critical and STS does not answer', async () => {
    server.answer('hang');
    const health = createHealthRegistry();
    health.register(stsCheck({ client, critical: false, timeoutMs: timesOutMs, kinds: ['startup'] }));

    const { status, checks } = await health.startup();

    expect(status).toBe('warn');
    expect(checks.sts).toMatchObject({ status: 'warn', message: 'CHECK_TIMED_OUT' });
  });
});
