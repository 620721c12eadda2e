import { findJava, parseJavaVersion } from '../../src/backends/java.ts';

describe(parseJavaVersion, () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
    ['java version "21" 2023-09-19 LTS', 21],
    ['openjdk version "25-ea" 2025-09-16', 25],
    ['java version "1.8.0_412"', 8],
    ['Picked up JAVA_TOOL_OPTIONS: -Dx=y\nopenjdk version "17.0.1"', 17],
    ['command not found', undefined],
  ])('reads %j as %p', (output, version) => {
    expect(parseJavaVersion(output)).toBe(version);
  });
});

describe(findJava, () => {
  it('finds none where there is none', async () => {
    expect(await findJava({ JAVA_HOME: '/nonexistent' })).toBeUndefined();
    expect(await findJava({ PATH: '/nonexistent' })).toBeUndefined();
  });
});
