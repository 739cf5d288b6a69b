/**
 * The player in the audio thread: binds a {@link PlaybackSession} to the AudioWorklet and its two ports.
 *
 * Contract. The speech process's port arrives by the node's port and stays here: sound never passes the window's main
 * thread, so a busy window cannot make the voice stutter. Messages of both ports are handled between render quanta and may
 * allocate; some of them have the thread's garbage collected (`garbage.ts`). `process()` runs every 128 samples (5.3 ms at
 * 24,000 Hz); it only pulls: it never waits, never throws, and makes no object except a report that is due (at most every 35
 * ms, see `playback-session.ts`). Where sound breaks off (an underrun, a pause, a stop, a jump) it falls to silence within 5
 * ms and rises again within 5 ms. Reports carry the audio clock at which their last sample is handed to the sound card.
 */
import type { PlayerInput } from '../../common/ports/player.ts';
import { unreachable } from '../../common/result.ts';
import { GarbageCollection } from './garbage.ts';
import { PlaybackSession } from './playback-session.ts';
import { PLAYER_PROCESSOR, type WorkletCommand } from './worklet-messages.ts';

class PlayerProcessor extends AudioWorkletProcessor {
  private speech: MessagePort | undefined;
  // Whoever starts the page with V8 flags of their own still hears it.
  private readonly garbage = new GarbageCollection(typeof gc === 'function' ? gc : () => undefined);
  private readonly session = new PlaybackSession(sampleRate, {
    grant: (credit) => this.speech?.postMessage(credit),
    report: (report) => this.port.postMessage(report),
    epochNow: () => Date.now(),
  });

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<WorkletCommand>) => this.onCommand(event.data);
  }

  override process(_inputs: unknown, outputs: readonly (readonly Float32Array[])[]): boolean {
    const out = outputs[0]?.[0];
    if (out !== undefined) this.session.render(out, currentTime);
    return true;
  }

  private onCommand(command: WorkletCommand): void {
    switch (command.type) {
      case 'port':
        this.speech?.close();
        this.speech = command.port;
        command.port.onmessage = ({ data }: MessageEvent<PlayerInput>) => {
          this.session.onSpeech(data);
          if (data.type === 'chunk') this.garbage.count(data.pcm);
        };
        return;
      case 'pause':
        this.session.pause();
        return;
      case 'resume':
        this.session.resume();
        return;
      case 'hold':
        this.session.hold(command.turnId);
        return;
      case 'go':
        this.session.goTo(command.turnId, command.sentenceIndex);
        return;
      case 'stop':
        this.session.stop(command.turnId);
        return;
      default:
        unreachable(command);
    }
  }
}

registerProcessor(PLAYER_PROCESSOR, PlayerProcessor);
