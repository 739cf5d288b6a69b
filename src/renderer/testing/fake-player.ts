/** A player without a sound card: takes stops, plays nothing, reports what the test tells it to. */
import { err, ok, type AppError } from '../../common/result.ts';
import type { Player, PlayerEvent } from '../player/player.ts';

export class FakePlayer {
  /** Turns that were stopped, in order. */
  readonly stopped: string[] = [];
  /** Why no sound device starts; undefined when one does. */
  deviceError: AppError | undefined;
  latency = 0;
  /** What was asked besides stops, in order: `pause`, `hold ID`, `go ID 3`, `volume 0.5`, … */
  readonly asked: string[] = [];
  /** Output devices that can be used. */
  devices: readonly string[] = [''];
  /** What the clips that were begun call when they are over. */
  readonly clipEnds: (() => void)[] = [];
  private readonly handlers = new Set<(event: PlayerEvent) => void>();

  report(event: PlayerEvent): void {
    for (const handler of this.handlers) handler(event);
  }

  readonly player: Player = {
    wake: async () => (this.deviceError === undefined ? ok(null) : err(this.deviceError)),
    attach: (port) => port.close(),
    stop: (turnId) => this.stopped.push(turnId),
    pause: () => this.asked.push('pause'),
    resume: () => this.asked.push('resume'),
    hold: (turnId) => this.asked.push(`hold ${turnId}`),
    goTo: (turnId, sentenceIndex) => this.asked.push(`go ${turnId} ${sentenceIndex}`),
    setVolume: (volume) => this.asked.push(`volume ${volume}`),
    useOutput: async (id) => {
      this.asked.push(`output ${id}`);
      return this.devices.includes(id);
    },
    playClip: ({ samples }, ended) => {
      this.asked.push(`clip ${samples.length}`);
      this.clipEnds.push(ended);
      return () => {
        this.asked.push('clip stops');
        ended();
      };
    },
    position: () => undefined,
    latencyMs: () => this.latency,
    onEvent: (handler) => {
      this.handlers.add(handler);
      return () => this.handlers.delete(handler);
    },
    analyser: () => undefined,
  };
}
