/** What Aloud needs on this machine, what is wrong, and what to do: the checks of `aloud doctor`. */
import { CircleAlert, CircleCheck, Copy, Info, LoaderCircle, RefreshCw, Wifi } from 'lucide-react';
import { useContext, useEffect } from 'react';
import type { CheckResult, CheckState } from '../../common/diagnostics.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { StoreContext, useApp } from './use-app.ts';

export function DiagnosticsPage() {
  const checks = useApp((state) => state.checks);
  const isChecking = useApp((state) => state.isChecking);
  const diagnose = useApp((state) => state.diagnose);
  const copy = useApp((state) => state.copyDiagnostics);
  const store = useContext(StoreContext);
  const words = STRINGS.diagnostics;
  useEffect(() => {
    // What was found stays until it is asked for anew: coming back to the page is no reason to read all models again.
    if (store?.getState().checks.length === 0) void diagnose(false);
  }, [store, diagnose]);
  return (
    <main
      className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
      aria-label={STRINGS.pages.diagnostics}
      tabIndex={0}
    >
      <div className="mx-auto flex max-w-[calc(46rem+2rem)] flex-col gap-4 px-4 py-5">
        <p className="text-soft">{words.intro}</p>
        <div className="flex flex-wrap gap-2">
          <button type="button" className="button" disabled={isChecking} onClick={() => void diagnose(false)}>
            <RefreshCw size={15} aria-hidden />
            {words.again}
          </button>
          <button type="button" className="button" disabled={isChecking} onClick={() => void diagnose(true)}>
            <Wifi size={15} aria-hidden />
            {words.askProvider}
          </button>
          <button
            type="button"
            className="button"
            disabled={isChecking || checks.length === 0}
            onClick={() => void copy()}
          >
            <Copy size={15} aria-hidden />
            {words.copy}
          </button>
        </div>
        <p className="flex items-center gap-2 text-small text-soft" role="status" data-testid="diagnosis">
          {isChecking && <LoaderCircle size={15} className="motion-safe:animate-spin" aria-hidden />}
          {isChecking ? words.looking : summaryOf(checks)}
        </p>
        {checks.length > 0 && (
          <ul
            className="divide-y divide-line rounded-lg border border-line bg-surface"
            aria-label={words.list}
            aria-busy={isChecking}
          >
            {checks.map((check) => (
              <CheckRow key={check.id} check={check} />
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}

function summaryOf(checks: readonly CheckResult[]): string {
  if (checks.length === 0) return '';
  const failed = checks.filter(({ state }) => state === 'failed').length;
  return STRINGS.diagnostics.summary(checks.length, failed);
}

const MARKS: Readonly<Record<CheckState, { readonly Icon: typeof Info; readonly colour: string }>> = {
  ok: { Icon: CircleCheck, colour: 'text-good' },
  note: { Icon: Info, colour: 'text-busy' },
  failed: { Icon: CircleAlert, colour: 'text-danger' },
};

function CheckRow({ check }: { readonly check: CheckResult }) {
  const { id, title, state, detail, remedy } = check;
  const { Icon, colour } = MARKS[state];
  return (
    <li className="flex gap-3 px-3 py-2.5" data-check={id} data-state={state}>
      <Icon size={18} className={`mt-0.5 flex-none ${colour}`} aria-hidden />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {title}
          <span className="sr-only">: {STRINGS.diagnostics.states[state]}</span>
        </p>
        <p className="select-text text-small text-soft">{detail}</p>
        {remedy !== '' && (
          <p className={`select-text text-small ${state === 'failed' ? 'text-danger' : 'text-ink'}`}>
            {remedy}
          </p>
        )}
      </div>
    </li>
  );
}
