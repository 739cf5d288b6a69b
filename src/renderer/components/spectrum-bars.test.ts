import { describe, expect, it } from 'vitest';
import { BAR_COUNT, bandEdges, easeBars, readBars } from './spectrum-bars.ts';

describe('the bars of the visualiser', () => {
  it('have a bin each at least, in order, whatever the analyser has', () => {
    for (const binCount of [128, 1_024]) {
      const edges = bandEdges(binCount, 24_000);
      for (let bar = 0; bar < BAR_COUNT; bar++) expect(edges[bar + 1]).toBeGreaterThan(edges[bar] ?? NaN);
      expect(edges[BAR_COUNT]).toBeLessThanOrEqual(binCount);
    }
  });

  it('are as tall as the loudest bin of their band', () => {
    const edges = bandEdges(1_024, 24_000);
    const bins = new Uint8Array(1_024);
    bins[edges[10] ?? 0] = 255;
    const bars = new Float32Array(BAR_COUNT);
    readBars(bins, edges, bars);
    expect(bars[10]).toBe(1);
    expect(bars.filter((bar) => bar > 0)).toHaveLength(1);
  });

  it('move a part of the way in each frame, and are at rest soon after the sound has ended', () => {
    const shown = new Float32Array(1);
    const frame = (target: number): number => {
      easeBars(shown, Float32Array.of(target), 1_000 / 60);
      return shown[0] ?? NaN;
    };
    const first = frame(1);
    expect(first).toBeGreaterThan(0.2);
    expect(frame(1)).toBeGreaterThan(first);
    for (let i = 0; i < 20; i++) frame(0);
    expect(frame(0)).toBe(0);
  });
});
