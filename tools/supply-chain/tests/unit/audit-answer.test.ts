import { readAudit } from '../../src/audit-answer.ts';

describe(readAudit, () => {
  it('names what is high or critical', () => {
    const vulnerabilities = { a: { severity: 'high' }, b: { severity: 'moderate' }, c: { severity: 'critical' } };

    expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
      kind: 'audited',
      severe: ['a: high', 'c: critical'],
    });
  });

  it('tells a registry without an audit by its status, and names no host', () => {
    const message = '405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk';

    expect(readAudit(JSON.stringify({ message }))).toEqual({
      kind: 'not offered',
      reason: '405 Method Not Allowed',
    });
  });

  it.each(['', 'request to the registry failed', '500 Internal Server Error - POST'])(
    'does not take the failure %p for a clean audit',
    (message) => {
      expect(() => readAudit(JSON.stringify({ message }))).toThrow('The audit failed');
    },
  );
});
