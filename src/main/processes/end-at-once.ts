/** Ends a process without asking it: one that hangs takes no request, and would outlive the program. */
export function endAtOnce(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
