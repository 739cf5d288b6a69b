/** The checks of this machine as a text for whoever is to help. */
import type { CheckResult } from '../common/diagnostics.ts';
import { STRINGS } from '../common/strings/interface.ts';

/**
 * Checks of which only the state is told: what a server answers may repeat what was sent to it.
 */
const STATE_ONLY: readonly string[] = ['provider'];

/** A line for each check, and below it what to do. */
export function diagnosticsReport(checks: readonly CheckResult[]): string {
  const lines = checks.map(({ id, title, state, detail, remedy }) => {
    if (STATE_ONLY.includes(id)) return `[${state}] ${title}`;
    return `[${state}] ${title}: ${detail}${remedy === '' ? '' : `\n    ${remedy}`}`;
  });
  return `${STRINGS.reports.diagnostics}\n${lines.join('\n')}\n`;
}
