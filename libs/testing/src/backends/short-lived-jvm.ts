/** A DynamoDB of tests ends before what the second compiler of the JVM would make of it pays for itself. */
export const shortLivedJvm = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] as const;
