/**
 * What a person can do with the sound: pause, go on, hear from another place, again, faster, louder, elsewhere.
 *
 * A running turn goes to another sentence in two steps: the player breaks off and says whether it has that sentence's sound;
 * if not, the assistant is asked to have it said (again). A new voice or speed holds the player at the end of the current
 * sentence, and the rest is said anew. An answer that is not running any more is said again as a replay.
 */
import type { Blend } from '../common/blend.ts';
import type { WindowNotice } from '../common/ports/bridge.ts';
import { unreachable, type AppError } from '../common/result.ts';
import type { Settings } from '../common/settings.ts';
import type { Player, PlayerEvent } from './player/player.ts';
import { currentTurn, type StoreTools } from './store.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { isActive, newTurn, replayTurn, resayTurn, failTurn, soundOf, type Turn } from './turn-state.ts';
import { heardOffset } from './word-times.ts';

export interface PlaybackActions {
  /** Pauses what sounds, or goes on. When nothing sounds, the last answer is played again. */
  readonly togglePlay: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly nextSentence: () => void;
  /** To the beginning of the sentence, or to the one before when it has only just begun. */
  readonly previousSentence: () => void;
  /** Hears an answer from the sentence on in which `offset` lies. */
  readonly hearFrom: (turnId: string, offset: number) => void;
  /** Plays an answer again from its beginning. */
  readonly replay: (turnId: string) => void;
  /** Says a sample with a voice or a blend of two; the sample's id. */
  readonly tryVoice: (voice: string | Blend) => string;
  /** Has the sentences after the current one said anew: the voice or the speed is another. */
  readonly sayRestAnew: () => void;
  readonly setVolume: (volume: number) => void;
  readonly toggleMute: () => void;
  readonly chooseOutput: (id: string) => void;
}

/** What the store calls besides the actions. */
export interface Playback {
  readonly actions: PlaybackActions;
  readonly onPlayer: (
    event: Extract<PlayerEvent, { type: 'held' | 'went' | 'outputs' | 'output-lost' }>,
  ) => void;
  readonly onNotice: (notice: Extract<WindowNotice, { type: 'media-key' | 'power' }>) => void;
  /** Brings the player to what is set. */
  readonly apply: (settings: Settings) => void;
}

/** A sentence of which less was heard counts as just begun, ms: going back then goes to the one before. */
const JUST_BEGUN_MS = 1_500;

/** Offset in the answer up to which a turn was heard, now. */
export function heardNow(turn: Turn, player: Pick<Player, 'latencyMs'>): number | undefined {
  const { sentenceIndex, sentenceMs } = turn.furthest;
  const sentence = turn.sentences[sentenceIndex];
  if (sentence === undefined) return 0;
  return heardOffset(sentence, soundOf(turn, sentenceIndex), Math.max(0, sentenceMs - player.latencyMs()));
}

export function playbackActions({
  world,
  set,
  get,
  replace,
  load,
  tell,
  report,
  abandon,
}: StoreTools): Playback {
  const { bridge, player, now, newId } = world;
  const active = (): Turn | undefined => {
    const turn = currentTurn(get());
    return isActive(turn) ? turn : undefined;
  };
  /** Why the player was paused by itself; undefined when it was not. */
  let pausedBy: 'sleep' | 'no-output' | undefined;

  const pause = (): void => {
    if (active() === undefined || get().isPaused) return;
    player.pause();
    set({ isPaused: true });
  };
  const resume = (): void => {
    pausedBy = undefined;
    set({ isPaused: false });
    void player.wake().then((woken) => {
      if (woken.ok) {
        if (!get().isPaused) player.resume();
        return;
      }
      set({ isPaused: true });
      if (get().outputs.length > 0) {
        report(woken.error);
        return;
      }
      // Play was pressed before there was a device: the answer still goes on by itself once there is one.
      pausedBy = 'no-output';
      tell(STRINGS.player.noOutput);
    });
  };
  const pauseFor = (reason: 'sleep' | 'no-output'): void => {
    if (active() === undefined || get().isPaused) return;
    pausedBy = reason;
    player.pause();
    set({ isPaused: true });
  };
  const goTo = (turn: Turn, sentenceIndex: number): void => {
    if (get().isPaused) resume();
    player.goTo(turn.speechId, sentenceIndex);
  };
  /** Asks for a running turn's sentences from one on. */
  const resay = (turn: Turn, from: number, offset: number): void => {
    replace(turn.speechId, resayTurn);
    void load(
      () => bridge.resay({ turnId: turn.speechId, from, offset }),
      () => ({}),
    );
  };
  const begin = (speechId: string, call: () => ReturnType<typeof bridge.replay>): void => {
    set({ isPaused: false, problems: [] });
    player.resume();
    void player.wake().then((woken) => {
      if (!woken.ok) abandon(speechId, woken.error);
    });
    void call().then((started) => {
      if (!started.ok) fail(speechId, started.error);
    });
  };
  const fail = (speechId: string, error: AppError): void =>
    replace(speechId, (turn) => failTurn(turn, error));
  const replayFrom = (turnId: string, from: number): void => {
    const turn = get().turns.find((candidate) => candidate.id === turnId);
    if (turn === undefined || turn.answer.trim() === '') return;
    get().stop();
    const speechId = newId();
    set(({ turns }) => ({
      turns: turns.map((each) => (each.id === turnId ? replayTurn(each, speechId, now()) : each)),
      sample: undefined,
    }));
    begin(speechId, () => bridge.replay({ replayId: speechId, turnId, from }));
  };

  /** Where the target of a jump lies; the sentence may not have been handed to the voice yet. */
  let wantedOffset: number | undefined;

  const actions: PlaybackActions = {
    pause,
    resume,
    togglePlay: () => {
      const turn = active();
      if (turn !== undefined) {
        if (get().isPaused) resume();
        else pause();
        return;
      }
      const last = get().turns.at(-1);
      if (last !== undefined) replayFrom(last.id, 0);
    },
    nextSentence: () => {
      const turn = active();
      const next = (turn?.played.sentenceIndex ?? -1) + 1;
      if (turn === undefined || (next >= turn.sentences.length && turn.outcome !== undefined)) return;
      wantedOffset = turn.sentences[next]?.start ?? turn.sentences.at(-1)?.end;
      goTo(turn, next);
    },
    previousSentence: () => {
      const turn = active();
      if (turn === undefined) return;
      const { sentenceIndex, sentenceMs } = turn.played;
      const to = Math.max(0, sentenceMs > JUST_BEGUN_MS ? sentenceIndex : sentenceIndex - 1);
      wantedOffset = turn.sentences[to]?.start;
      goTo(turn, to);
    },
    hearFrom: (turnId, offset) => {
      const turn = active();
      if (turn?.id !== turnId) {
        replayFrom(turnId, offset);
        return;
      }
      const index = turn.sentences.findIndex((sentence) => offset < sentence.end);
      wantedOffset = index < 0 ? offset : turn.sentences[index]?.start;
      goTo(turn, index < 0 ? turn.sentences.length : index);
    },
    replay: (turnId) => replayFrom(turnId, 0),
    tryVoice: (voice) => {
      get().stop();
      const id = newId();
      const text = STRINGS.voices.sampleText;
      set({
        sample: { ...newTurn({ id, prompt: text, provider: 'read-aloud', sentAt: now() }), answer: text },
      });
      begin(id, () => bridge.sample({ replayId: id, text, voice }));
      return id;
    },
    sayRestAnew: () => {
      const turn = active();
      if (turn !== undefined && turn !== get().sample) player.hold(turn.speechId);
    },
    setVolume: (volume) => {
      get().change({ volume, muted: false });
      player.setVolume(volume);
    },
    toggleMute: () => {
      const { settings } = get();
      if (settings === undefined) return;
      const muted = !settings.muted;
      get().change({ muted });
      player.setVolume(muted ? 0 : settings.volume);
    },
    chooseOutput: (id) => {
      void player.useOutput(id).then((used) => {
        if (used) get().change({ outputDevice: id });
        else tell(STRINGS.player.outputGone);
      });
    },
  };

  return {
    actions,
    apply: ({ volume, muted, outputDevice }) => {
      player.setVolume(muted ? 0 : volume);
      if (outputDevice !== '') void player.useOutput(outputDevice);
    },
    onPlayer: (event) => {
      switch (event.type) {
        case 'held': {
          const turn = active();
          if (turn?.speechId !== event.turnId) return;
          const { sentenceIndex } = event;
          resay(turn, sentenceIndex + 1, turn.sentences[sentenceIndex]?.end ?? 0);
          return;
        }
        case 'went': {
          const turn = active();
          if (turn?.speechId !== event.turnId || event.isQueued) return;
          resay(turn, event.sentenceIndex, wantedOffset ?? 0);
          return;
        }
        case 'outputs':
          set({ outputs: event.outputs });
          if (event.outputs.length === 0) {
            if (active() !== undefined) tell(STRINGS.player.noOutput);
            pauseFor('no-output');
          } else if (pausedBy === 'no-output') resume();
          return;
        case 'output-lost':
          get().change({ outputDevice: '' });
          tell(STRINGS.player.outputLost);
          return;
        default:
          unreachable(event);
      }
    },
    onNotice: (notice) => {
      if (notice.type === 'power') {
        if (notice.asleep) pauseFor('sleep');
        else if (pausedBy === 'sleep') resume();
        return;
      }
      switch (notice.key) {
        case 'play-pause':
          actions.togglePlay();
          return;
        case 'next':
          actions.nextSentence();
          return;
        case 'previous':
          actions.previousSentence();
          return;
        case 'stop':
          get().stop();
          return;
        default:
          unreachable(notice.key);
      }
    },
  };
}
