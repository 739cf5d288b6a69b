/** Everything that was measured, for the curious: this turn, the last prompts, the voice, the processes. */
import { Copy, Stethoscope } from 'lucide-react';
import { useEffect } from 'react';
import { spreadOf, type ComparedFigure, type ProcessFigures } from '../../common/figures.ts';
import type { Readiness } from '../../common/ports/bridge.ts';
import { currentTurn } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { isActive } from '../turn-state.ts';
import { BufferChart } from './BufferChart.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import { Section } from './Section.tsx';
import { useApp } from './use-app.ts';

/** How often the processes are asked while the page is open, ms. */
const ASK_EVERY_MS = 2_000;

export function FiguresPage() {
  const copy = useApp((state) => state.copyFigures);
  const show = useApp((state) => state.show);
  const words = STRINGS.figuresPage;
  return (
    <main
      className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable_both-edges]"
      aria-label={STRINGS.pages.figures}
      tabIndex={0}
    >
      <div className="mx-auto flex max-w-[calc(46rem+2rem)] flex-col gap-6 px-4 py-5">
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap gap-2">
            <button type="button" className="button" onClick={() => void copy()}>
              <Copy size={15} aria-hidden />
              {words.copy}
            </button>
            <button type="button" className="button button-quiet" onClick={() => show('diagnostics')}>
              <Stethoscope size={15} aria-hidden />
              {STRINGS.pages.diagnostics}
            </button>
          </div>
          <p className="note">{words.copyNote}</p>
        </div>
        <ThisTurn />
        <Spread />
        <VoiceFacts />
        <Processes />
      </div>
    </main>
  );
}

function ThisTurn() {
  const figures = useApp((state) => currentTurn(state)?.figures);
  const words = STRINGS.figuresPage;
  return (
    <>
      <Section title={words.turn}>
        {figures === undefined ? <p className="note">{words.noTurn}</p> : <TimelineChart figures={figures} />}
      </Section>
      <Section title={words.buffer}>
        <BufferChart points={figures?.trace.points ?? []} />
      </Section>
    </>
  );
}

function Spread() {
  const kept = useApp((state) => state.kept);
  const load = useApp((state) => state.loadKeptFigures);
  const isOn = useApp((state) => isActive(currentTurn(state)));
  const words = STRINGS.figuresPage;
  useEffect(() => {
    // Read when the page opens, and when a turn has ended.
    if (!isOn) void load();
  }, [isOn, load]);
  const turns = kept?.turns ?? [];
  return (
    <Section title={words.spread}>
      {turns.length > 0 && (
        <table className="w-full text-small" data-testid="spread">
          <thead className="text-left text-soft">
            <tr>
              <th scope="col" className="pb-1 font-medium">
                {words.figure}
              </th>
              {[words.half, words.most, words.count].map((title) => (
                <th key={title} scope="col" className="pb-1 pl-3 text-right font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {spreadOf(turns).map(({ figure, p50, p95, count }) => (
              <tr key={figure}>
                <th scope="row" className="py-1 text-left font-normal">
                  {words.compared[figure]}
                </th>
                <td className="py-1 pl-3 text-right" data-testid={`p50-${figure}`}>
                  {withUnit(figure, p50)}
                </td>
                <td className="py-1 pl-3 text-right" data-testid={`p95-${figure}`}>
                  {withUnit(figure, p95)}
                </td>
                <td className="py-1 pl-3 text-right text-soft">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="note">{words.spreadNote(turns.length)}</p>
      {kept?.problem !== undefined && <ErrorNote error={kept.problem} isNewest={false} />}
    </Section>
  );
}

function withUnit(figure: ComparedFigure, value: number | undefined): string {
  if (value === undefined) return STRINGS.noFigure;
  if (figure === 'rtf') return value.toFixed(2);
  return figure === 'underruns' ? value.toFixed(0) : `${value.toFixed(0)} ${STRINGS.ms}`;
}

function VoiceFacts() {
  const readiness = useApp((state) => state.readiness);
  const rtf = useApp((state) => currentTurn(state)?.figures.rtf);
  const words = STRINGS.figuresPage;
  if (readiness.state !== 'ready')
    return (
      <Section title={words.voice}>
        <p className="note">{words.noVoice}</p>
      </Section>
    );
  const facts = [
    [words.engine, readiness.engine],
    [words.ep, readiness.ep],
    [words.why, whyOf(readiness)],
    [words.threads, String(readiness.threads)],
    [STRINGS.figureNames.rtf, rtf === undefined ? STRINGS.noFigure : rtf.toFixed(2)],
  ] as const;
  return (
    <Section title={words.voice}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="whitespace-pre-line tabular-nums [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{words.rtfNote}</p>
    </Section>
  );
}

/** What was found when the execution provider was chosen. */
function whyOf({ epReport }: Extract<Readiness, { state: 'ready' }>): string {
  if (epReport === undefined) return STRINGS.figuresPage.whyOnly;
  return epReport.length === 0 ? STRINGS.figuresPage.whySet : epReport.join('\n');
}

function Processes() {
  const processes = useApp((state) => state.processes);
  const load = useApp((state) => state.loadProcesses);
  const words = STRINGS.figuresPage;
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [load]);
  return (
    <Section title={words.memory}>
      <table className="w-full text-small" data-testid="processes">
        <thead className="text-left text-soft">
          <tr>
            <th scope="col" className="pb-1 font-medium">
              {words.process}
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-medium">
              {words.bytes}
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-medium">
              {words.cpu}
            </th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {processes.map((process, at) => (
            <tr key={`${process.name} ${at}`}>
              <th scope="row" className="py-1 text-left font-normal">
                {nameOf(process)}
              </th>
              <td className="py-1 pl-3 text-right">{words.megabytes(process.memoryBytes)}</td>
              <td className="py-1 pl-3 text-right text-soft">{words.percent(process.cpuPercent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">{words.memoryNote}</p>
    </Section>
  );
}

function nameOf({ kind, name }: ProcessFigures): string {
  return kind === 'other' ? name : STRINGS.figuresPage.processes[kind];
}
