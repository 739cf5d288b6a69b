/** How much sound was in hand over a turn, with its gaps; the same as a table for who cannot see it. */
import { thinned, type BufferPoint } from '../buffer-trace.ts';
import { STRINGS } from '../../common/strings/interface.ts';

/** The chart's own units; it is stretched to the width that there is. */
const WIDTH = 600;
const HEIGHT = 100;

/** Rows of the table. */
const ROWS = 12;

/** The least range that the chart shows, ms: a small buffer is not blown up to the whole height. */
const LEAST_RANGE_MS = 1_000;

export function BufferChart({ points }: { readonly points: readonly BufferPoint[] }) {
  const words = STRINGS.figuresPage;
  const last = points.at(-1);
  if (last === undefined) return <p className="note">{words.noBuffer}</p>;
  const first = points[0] ?? last;
  const lengthMs = Math.max(last.atMs - first.atMs, 1);
  const mostMs = Math.max(...points.map(({ bufferMs }) => bufferMs));
  const rangeMs = Math.max(mostMs, LEAST_RANGE_MS);
  const gaps = points.filter(({ isGap }) => isGap);
  const x = ({ atMs }: BufferPoint): number => ((atMs - first.atMs) / lengthMs) * WIDTH;
  const y = ({ bufferMs }: BufferPoint): number => HEIGHT * (1 - bufferMs / rangeMs);
  const line = points.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(' ');
  const summary = words.bufferSummary(mostMs, lengthMs, gaps.length);
  return (
    <figure className="flex flex-col gap-1">
      <svg
        className="block h-28 w-full rounded-sm bg-sunken"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary}
        data-testid="buffer-chart"
      >
        <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} className="fill-accent/20" />
        <polyline
          points={line}
          fill="none"
          className="stroke-accent"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
        {gaps.map((gap) => (
          <line
            key={gap.atMs}
            x1={x(gap)}
            x2={x(gap)}
            y1={0}
            y2={HEIGHT}
            className="stroke-danger"
            strokeWidth={2}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div className="flex justify-between text-tiny tabular-nums text-soft" aria-hidden>
        <span>{words.seconds(first.atMs)}</span>
        <span>{words.seconds(last.atMs)}</span>
      </div>
      <figcaption className="text-small text-soft">{summary}</figcaption>
      <details className="text-small">
        <summary className="w-fit cursor-pointer text-soft">{words.asTable}</summary>
        <BufferTable points={thinned(points, ROWS)} />
      </details>
    </figure>
  );
}

function BufferTable({ points }: { readonly points: readonly BufferPoint[] }) {
  const words = STRINGS.figuresPage;
  return (
    <table className="mt-1 tabular-nums">
      <thead className="text-left text-soft">
        <tr>
          <th scope="col" className="pr-6 font-medium">
            {words.time}
          </th>
          <th scope="col" className="font-medium">
            {words.inHand}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.atMs}>
            <td className="pr-6">{words.seconds(point.atMs)}</td>
            <td>
              {words.seconds(point.bufferMs)}
              {point.isGap && ` (${words.gap})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
