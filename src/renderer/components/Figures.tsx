/** What was measured in the current or last turn, for the curious. */
import { ChartNoAxesColumn } from 'lucide-react';
import { currentTurn } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

export function Figures() {
  const figures = useApp((state) => currentTurn(state)?.figures);
  const names = STRINGS.figureNames;
  const view = useApp((state) => state.view);
  const show = useApp((state) => state.show);
  const isOpen = view === 'figures';
  const label = STRINGS.figuresPage.open;
  return (
    <div className="flex flex-none items-center justify-center gap-2">
      <dl className="flex flex-wrap justify-center gap-x-4 text-tiny text-soft" aria-label={STRINGS.figures}>
        <Figure name={names.chunks} id="chunk-count" value={figures?.chunks ?? 0} />
        <Figure name={names.buffer} id="buffer-ms" value={figures?.bufferMs ?? 0} unit={STRINGS.ms} />
        <Figure name={names.firstChunk} id="first-chunk-ms" value={figures?.firstChunkMs} unit={STRINGS.ms} />
        <Figure name={names.firstSound} id="first-sound-ms" value={figures?.firstSoundMs} unit={STRINGS.ms} />
        <Figure name={names.underruns} id="underruns" value={figures?.underruns ?? 0} />
        <Figure name={names.rtf} id="rtf" value={figures?.rtf} digits={2} />
      </dl>
      <button
        type="button"
        className="icon-button size-6"
        data-testid="open-figures"
        aria-label={label}
        aria-pressed={isOpen}
        title={label}
        onClick={() => show(isOpen ? 'chat' : 'figures')}
      >
        <ChartNoAxesColumn size={15} aria-hidden />
      </button>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly id: string;
  readonly value: number | undefined;
  readonly unit?: string;
  /** Digits after the point. */
  readonly digits?: number;
}

/** The element with the test id holds the number alone; the unit is its neighbour. */
function Figure({ name, id, value, unit, digits = 0 }: FigureProps) {
  return (
    <div className="flex gap-1 whitespace-nowrap">
      <dt>{name}</dt>
      <dd>
        <span className="tabular-nums text-ink" data-testid={id}>
          {value === undefined ? STRINGS.noFigure : value.toFixed(digits)}
        </span>
        {unit !== undefined && value !== undefined && <span> {unit}</span>}
      </dd>
    </div>
  );
}
