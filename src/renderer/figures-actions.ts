/** What a person can do on the Figures page. */
import type { ProcessFigures } from '../common/figures.ts';
import type { FiguresReading } from '../common/ports/bridge.ts';
import { figuresReport } from './figures-report.ts';
import { currentTurn, type StoreTools } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';

export interface FiguresActions {
  /** The newest prompts; undefined until they were asked for. */
  readonly kept: FiguresReading | undefined;
  readonly processes: readonly ProcessFigures[];
  readonly loadKeptFigures: () => Promise<void>;
  readonly loadProcesses: () => Promise<void>;
  readonly copyFigures: () => Promise<void>;
}

export function figuresActions({ world, get, load, tell }: StoreTools): FiguresActions {
  const { bridge } = world;
  const loadKeptFigures = async (): Promise<void> => {
    await load(
      () => bridge.keptFigures(),
      (kept) => ({ kept }),
    );
  };
  const loadProcesses = async (): Promise<void> => {
    await load(
      () => bridge.processes(),
      (processes) => ({ processes }),
    );
  };
  return {
    kept: undefined,
    processes: [],
    loadKeptFigures,
    loadProcesses,
    copyFigures: async () => {
      await Promise.all([loadKeptFigures(), loadProcesses()]);
      const { readiness, kept, processes } = get();
      const turn = currentTurn(get());
      const report = figuresReport({
        turn: turn && { state: turn.state, provider: turn.provider, figures: turn.figures },
        kept: kept?.turns ?? [],
        readiness,
        processes,
        userAgent: navigator.userAgent,
      });
      const copied = await load(
        () => bridge.copyReport(report),
        () => ({}),
      );
      if (copied) tell(STRINGS.actions.copied);
    },
  };
}
