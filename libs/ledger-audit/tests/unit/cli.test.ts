describe('the script of the command', () => {
  it('runs the command on this process', async () => {
    const { argv } = process;
    const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    process.argv = ['node', 'cli.js', '--help'];

    await import('../../src/cli.ts');
    await new Promise(setImmediate);

    const { exitCode } = process;
    process.argv = argv;
    process.exitCode = undefined;
    expect(written.mock.calls.join('')).toContain('Usage: cnop-ledger-audit');
    expect(exitCode).toBe(0);
  });
});
