/** The guard's own program: waits for its standard input to close, then ends what it was told to guard. */
const [kind, ...target] = process.argv.slice(2);

process.stdin.once('close', () => {
  if (kind === 'process') endProcess(Number(target[0]));
});
process.stdin.resume();

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return; // It is gone already.
  }
}
