/** What a person can do on the Diagnostics page. */
import type { CheckResult } from '../common/diagnostics.ts';
import { diagnosticsReport } from './diagnostics-report.ts';
import type { StoreTools } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';

export interface DiagnosticsActions {
  /** The results so far, in their order. */
  readonly checks: readonly CheckResult[];
  readonly isChecking: boolean;
  /** Makes all checks anew; with `askProvider` the chosen provider's server is asked, too. */
  readonly diagnose: (askProvider: boolean) => Promise<void>;
  readonly copyDiagnostics: () => Promise<void>;
  /** Takes a result that main told. */
  readonly onCheck: (result: CheckResult) => void;
}

export function diagnosticsActions({ world, set, get, load, tell }: StoreTools): DiagnosticsActions {
  const { bridge } = world;
  return {
    checks: [],
    isChecking: false,
    diagnose: async (askProvider) => {
      if (get().isChecking) return;
      set({ checks: [], isChecking: true });
      // The first entry stands for the system's default, which is one of the others where those have names.
      const outputs = get().outputs.length > 1 ? get().outputs.length - 1 : get().outputs.length;
      await load(
        () => bridge.diagnose({ outputs, askProvider }),
        (checks) => ({ checks }),
      );
      set({ isChecking: false });
    },
    copyDiagnostics: async () => {
      const copied = await load(
        () => bridge.copyReport(diagnosticsReport(get().checks)),
        () => ({}),
      );
      if (copied) tell(STRINGS.actions.copied);
    },
    // A notice and an answer of main may overtake each other: the answer has all results.
    onCheck: (result) => set(({ checks, isChecking }) => (isChecking ? { checks: [...checks, result] } : {})),
  };
}
