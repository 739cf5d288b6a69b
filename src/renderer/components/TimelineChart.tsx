/** When a turn got how far: a table whose rows carry their bars, so that the chart and its text are one. */
import { STRINGS } from '../../common/strings/interface.ts';
import { timelineOf, type TimelineLine } from '../timeline.ts';
import type { TurnFigures } from '../turn-state.ts';

export function TimelineChart({ figures }: { readonly figures: TurnFigures }) {
  const words = STRINGS.figuresPage;
  return (
    <table className="w-full text-small">
      <thead className="text-left text-soft">
        <tr>
          <th scope="col" className="whitespace-nowrap pb-1 pr-3 font-medium">
            {words.step}
          </th>
          <th scope="col" className="w-1/2 pb-1 font-medium narrow:w-1/3">
            <span className="sr-only">{words.chart}</span>
          </th>
          <th scope="col" className="whitespace-nowrap pb-1 pl-3 text-right font-medium">
            {words.sinceSend}
          </th>
          <th scope="col" className="whitespace-nowrap pb-1 pl-3 text-right font-medium">
            {words.sinceBefore}
          </th>
        </tr>
      </thead>
      <tbody>
        {timelineOf(figures).map((line) => (
          <tr key={line.milestone}>
            <th scope="row" className="whitespace-nowrap py-1 pr-3 text-left font-normal">
              {words.milestones[line.milestone]}
            </th>
            <td className="py-1">
              <Bar line={line} />
            </td>
            <td
              className="whitespace-nowrap py-1 pl-3 text-right tabular-nums"
              data-testid={`timeline-${line.milestone}`}
            >
              {milliseconds(line.atMs)}
            </td>
            <td className="whitespace-nowrap py-1 pl-3 text-right tabular-nums text-soft">
              {milliseconds(line.sinceMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The bar's place says when, its length how long; what it says stands in the cells beside it. */
function Bar({ line: { from, to, isBroken } }: { readonly line: TimelineLine }) {
  return (
    <svg
      className="block h-3.5 w-full overflow-visible"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden
    >
      <line x1={0} x2={100} y1={5} y2={5} className="stroke-line" vectorEffect="non-scaling-stroke" />
      {isBroken ? (
        <line
          x1={from * 100}
          x2={to * 100}
          y1={5}
          y2={5}
          className="stroke-line-strong"
          strokeWidth={6}
          strokeDasharray="6 4"
          vectorEffect="non-scaling-stroke"
        >
          <title>{STRINGS.figuresPage.broken}</title>
        </line>
      ) : (
        to > 0 && (
          <rect
            x={from * 100}
            width={Math.max((to - from) * 100, 0.6)}
            y={0}
            height={10}
            className="fill-accent"
          />
        )
      )}
    </svg>
  );
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? STRINGS.figuresPage.notYet : `${value.toFixed(0)} ${STRINGS.ms}`;
}
