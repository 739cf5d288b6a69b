/** The player: back, play or pause, on, the picture of the sound, speed, volume and where it goes. */
import { Pause, Play, SkipBack, SkipForward, Volume1, Volume2, VolumeX } from 'lucide-react';
import { Slider } from 'radix-ui';
import type { Player } from '../player/player.ts';
import { currentTurn } from '../store.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { isActive } from '../turn-state.ts';
import { useApp } from './use-app.ts';
import { Visualizer } from './Visualizer.tsx';

/** Speeds that can be picked; any from 0.5 to 2 can be set. */
const SPEEDS = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export function PlayerBar({ player }: { readonly player: Pick<Player, 'analyser'> }) {
  const isSounding = useApp((state) => (currentTurn(state)?.isSounding ?? false) && !state.isPaused);
  const words = STRINGS.player;
  return (
    <section aria-label={words.label} className="flex h-11 flex-none items-center gap-1 short:h-9">
      <Transport />
      <Visualizer analyser={player.analyser} isSounding={isSounding} />
      <Speed />
      <Volume />
      <Output />
    </section>
  );
}

function Transport() {
  const goesOn = useApp((state) => isActive(currentTurn(state)));
  const canPlay = useApp((state) => goesOn || (state.turns.at(-1)?.answer ?? '') !== '');
  const isPaused = useApp((state) => state.isPaused);
  const togglePlay = useApp((state) => state.togglePlay);
  const next = useApp((state) => state.nextSentence);
  const previous = useApp((state) => state.previousSentence);
  const words = STRINGS.player;
  const plays = goesOn && !isPaused;
  return (
    <div className="flex flex-none items-center">
      <button
        type="button"
        className="icon-button"
        aria-label={words.previous}
        title={words.previous}
        disabled={!goesOn}
        onClick={previous}
      >
        <SkipBack size={17} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button size-9 rounded-full text-ink"
        data-testid="play-pause"
        aria-label={plays ? words.pause : words.play}
        title={plays ? words.pause : words.play}
        disabled={!canPlay}
        onClick={togglePlay}
      >
        {plays ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.next}
        title={words.next}
        disabled={!goesOn}
        onClick={next}
      >
        <SkipForward size={17} aria-hidden />
      </button>
    </div>
  );
}

function Speed() {
  const speed = useApp((state) => state.settings?.speed ?? 1);
  const change = useApp((state) => state.change);
  const speeds: readonly number[] = SPEEDS;
  const offered = speeds.includes(speed) ? speeds : [...speeds, speed].sort((a, b) => a - b);
  return (
    <select
      className="h-8 w-[4.25rem] flex-none rounded bg-transparent px-1 text-small tabular-nums text-soft hover:bg-sunken hover:text-ink"
      data-testid="speed"
      aria-label={STRINGS.player.speed}
      title={STRINGS.player.speed}
      value={speed}
      onChange={(event) => change({ speed: Number(event.target.value) })}
    >
      {offered.map((each) => (
        <option key={each} value={each}>
          {STRINGS.player.speedOf(each)}
        </option>
      ))}
    </select>
  );
}

function Volume() {
  const volume = useApp((state) => state.settings?.volume ?? 1);
  const muted = useApp((state) => state.settings?.muted ?? false);
  const setVolume = useApp((state) => state.setVolume);
  const toggleMute = useApp((state) => state.toggleMute);
  const words = STRINGS.player;
  const Icon = muted || volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  const label = muted ? words.unmute : words.mute;
  return (
    <div className="flex flex-none items-center gap-1">
      <button
        type="button"
        className="icon-button"
        data-testid="mute"
        aria-label={label}
        aria-pressed={muted}
        title={label}
        onClick={toggleMute}
      >
        <Icon size={17} aria-hidden />
      </button>
      <Slider.Root
        className="relative flex h-8 w-20 touch-none items-center narrow:hidden"
        value={[muted ? 0 : Math.round(volume * 100)]}
        onValueChange={([value = 0]) => setVolume(value / 100)}
      >
        <Slider.Track className="relative h-1 flex-1 rounded-full bg-line">
          <Slider.Range className="absolute h-full rounded-full bg-accent" />
        </Slider.Track>
        <Slider.Thumb
          className="block size-3.5 rounded-full border border-line-strong bg-surface"
          aria-label={words.volume}
        />
      </Slider.Root>
    </div>
  );
}

/** Shown where there is a choice. */
function Output() {
  const outputs = useApp((state) => state.outputs);
  const chosen = useApp((state) => state.settings?.outputDevice ?? '');
  const choose = useApp((state) => state.chooseOutput);
  if (outputs.length < 3) return null;
  return (
    <select
      className="h-8 w-24 flex-none truncate rounded bg-transparent px-1 text-small text-soft hover:bg-sunken hover:text-ink narrow:hidden"
      data-testid="output"
      aria-label={STRINGS.player.output}
      title={STRINGS.player.output}
      value={chosen}
      onChange={(event) => choose(event.target.value)}
    >
      {outputs.map(({ id, label }, i) => (
        <option key={id} value={id}>
          {label || STRINGS.player.unnamedOutput(i)}
        </option>
      ))}
    </select>
  );
}
