describe('the example of the README', () => {
  it('prints what it says', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();

    await import('../../examples/readme.ts');

    expect(log.mock.calls).toEqual([
      [
        'VALIDATION_FAILED',
        {
          issues: [
            { pointer: '/quantity', rule: 'invalid_format', message: 'Write a number above zero.' },
            { pointer: '/price', rule: 'unrecognized_keys', message: 'This field is not known.' },
          ],
        },
      ],
    ]);
  });
});
