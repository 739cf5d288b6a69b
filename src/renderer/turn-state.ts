/**
 * The life of one turn as the window knows it: a pure state machine over what the assistant and the player report.
 *
 * streaming → speaking (the first sample was handed over) → complete | incomplete, both only when the assistant has said
 * its last word *and* the player has played everything. stopped and failed are entered at once. A turn that ended takes no
 * more events, so its text, figures and error stay as they were.
 */
import { unreachable, type AppError } from '../common/result.ts';
import type { StoredTurn } from '../common/conversation.ts';
import type { Heard, Sentence, SpokenWord, TurnOutcome } from '../common/sentence.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import type { ProviderId } from '../common/provider.ts';
import { EMPTY_TRACE, type BufferTrace } from './buffer-trace.ts';
import type { PlayerEvent } from './player/player.ts';
import type { SentenceSound } from './word-times.ts';

/** How a turn stands, in the word that the person sees. */
export type TurnState = 'streaming' | 'speaking' | TurnOutcome;

/** What was measured in a turn. Times are counted from Send, ms. */
export interface TurnFigures {
  /** When the answer's first text, and its first sentence for the voice, reached the window. */
  readonly firstTokenMs: number | undefined;
  readonly firstSentenceMs: number | undefined;
  readonly chunks: number;
  readonly bufferMs: number;
  readonly underruns: number;
  readonly firstChunkMs: number | undefined;
  readonly firstSoundMs: number | undefined;
  /** Time that the voice took over length of its sound, of the sentences made whole; undefined before the first. */
  readonly rtf: number | undefined;
  /** When the turn ended, however it did. */
  readonly doneMs: number | undefined;
  /** The buffer over the turn's time. */
  readonly trace: BufferTrace;
}

/** A sentence that was left out. */
export interface SkippedSentence {
  readonly index: number;
  readonly error: AppError;
}

/** One prompt and its answer. */
export interface Turn {
  readonly id: string;
  /** The id under which its sound is made now: its own, or that of the newest time it was played again. */
  readonly speechId: string;
  /** What it was before it is played again; undefined while it is not. */
  readonly before: Pick<Turn, 'state' | 'error'> | undefined;
  readonly prompt: string;
  readonly provider: ProviderId;
  /** The model that answers; '' until the assistant says it. */
  readonly model: string;
  readonly answer: string;
  /** The sentences that were handed to the voice, by index. */
  readonly sentences: readonly Sentence[];
  /** Length of each sentence's sound once it is known, ms, by index. */
  readonly soundMs: readonly (number | undefined)[];
  /** Sound of the sentences made whole and what the voice took for it, ms. */
  readonly made: { readonly audioMs: number; readonly synthMs: number };
  /** The sentence that the voice makes sound of; -1 while it has none. */
  readonly making: number;
  /** The voice's real-time factor lately, as far as it is known. */
  readonly pace: number | undefined;
  /** What the engine told of each sentence's words, by index. */
  readonly spokenWords: readonly (readonly SpokenWord[] | undefined)[];
  /** Exchanges before it that the language model was not told of. */
  readonly forgotten: number;
  /** Offset in the answer where the voice stopped, when it was stopped. */
  readonly heardEnd: number | undefined;
  readonly skipped: readonly SkippedSentence[];
  /** The newest thing to know while the turn goes on; '' when there is none. */
  readonly notice: string;
  readonly state: TurnState;
  readonly error: AppError | undefined;
  /** Window clock at Send, ms. */
  readonly sentAt: number;
  readonly figures: TurnFigures;
  /** Where the player is; the device's latency is not taken off. */
  readonly played: Place;
  /** The furthest place that the player reached. */
  readonly furthest: Place;
  /** Whether sound is going out now (speech or a pause inside it). */
  readonly isSounding: boolean;
  /** Whether the player has run dry, or not begun, for want of sound. */
  readonly isBuffering: boolean;
  /** The assistant's last word, while the player still plays. */
  readonly outcome: TurnOutcome | undefined;
  /** Whether any sound is or will be at the player. */
  readonly hasSound: boolean;
  readonly isDrained: boolean;
}

/** A place in a turn's sound. */
export type Place = Omit<Heard, 'turnId'>;

const NOTHING_MADE: Turn['made'] = { audioMs: 0, synthMs: 0 };
const NOWHERE: Place = { sentenceIndex: -1, sentenceMs: 0 };
const NO_FIGURES: TurnFigures = {
  chunks: 0,
  bufferMs: 0,
  underruns: 0,
  firstChunkMs: undefined,
  firstSoundMs: undefined,
  rtf: undefined,
  firstTokenMs: undefined,
  firstSentenceMs: undefined,
  doneMs: undefined,
  trace: EMPTY_TRACE,
};

/** What is known of a turn's speech before any of it was said. */
const UNSAID = {
  sentences: [],
  soundMs: [],
  made: NOTHING_MADE,
  making: -1,
  pace: undefined,
  spokenWords: [],
  skipped: [],
  notice: '',
  figures: NO_FIGURES,
  played: NOWHERE,
  furthest: NOWHERE,
  isSounding: false,
  isBuffering: true,
  outcome: undefined,
  hasSound: false,
  isDrained: false,
} satisfies Partial<Turn>;

/** A turn at the moment of Send. */
export function newTurn(of: Pick<Turn, 'id' | 'prompt' | 'provider' | 'sentAt'>): Turn {
  return {
    ...of,
    speechId: of.id,
    before: undefined,
    model: '',
    answer: '',
    forgotten: 0,
    heardEnd: undefined,
    state: 'streaming',
    error: undefined,
    ...UNSAID,
  };
}

/** A turn of an earlier day. One that the program's end cut short is incomplete. */
export function storedTurn(stored: StoredTurn): Turn {
  const { id, prompt, provider, answer, model, outcome = 'incomplete', error, heardEnd } = stored;
  return {
    ...newTurn({ id, prompt, provider, sentAt: 0 }),
    answer,
    model,
    error,
    state: outcome,
    heardEnd: outcome === 'stopped' ? heardEnd : undefined,
  };
}

/** The turn when it begins to be played again, under another id. */
export function replayTurn(turn: Turn, speechId: string, now: number): Turn {
  const { state, error } = turn.before ?? turn;
  return {
    ...turn,
    speechId,
    before: { state, error },
    state: 'streaming',
    error: undefined,
    ...UNSAID,
    sentAt: now,
  };
}

/** The turn when its sentences from index `from` on are asked for again: the assistant's last word is still to come. */
export function resayTurn(turn: Turn): Turn {
  return isActive(turn) ? { ...turn, outcome: undefined, isDrained: false } : turn;
}

/** A turn that still goes on. */
export type ActiveTurn = Turn & { readonly state: 'streaming' | 'speaking' };

/** Whether the turn still goes on. */
export function isActive(turn: Turn | undefined): turn is ActiveTurn {
  return turn?.state === 'streaming' || turn?.state === 'speaking';
}

/** The turn after something that the assistant reported. */
export function afterTurnEvent(turn: Turn, event: TurnEvent): Turn {
  if (event.turnId !== turn.speechId || !isActive(turn)) return turn;
  switch (event.type) {
    case 'turn.started':
      return turn.before ? turn : { ...turn, model: event.model, forgotten: event.forgotten };
    case 'turn.delta':
      return turn.before ? turn : { ...turn, answer: turn.answer + event.text, notice: '' };
    case 'turn.sentence':
      return {
        ...turn,
        sentences: placed(turn.sentences, event.sentence.index, event.sentence),
        // Said anew, perhaps faster: what was told of its sound holds no longer.
        soundMs: placed(turn.soundMs, event.sentence.index, undefined),
        spokenWords: placed(turn.spokenWords, event.sentence.index, undefined),
      };
    case 'sentence.skipped':
      return { ...turn, skipped: [...turn.skipped, { index: event.index, error: event.error }] };
    case 'sentence.started':
      return { ...turn, making: event.index, pace: event.rtf };
    case 'sentence.words': {
      const words = [...(turn.spokenWords[event.index] ?? []), ...event.words];
      return { ...turn, spokenWords: placed(turn.spokenWords, event.index, words) };
    }
    case 'sentence.done':
      return afterSentence(turn, event);
    case 'turn.notice':
      return { ...turn, notice: event.message };
    case 'turn.text-end':
      return { ...turn, error: event.error ?? turn.error };
    case 'turn.end':
      return afterLastWord({ ...turn, error: event.error ?? turn.error, outcome: event.outcome });
    default:
      return unreachable(event);
  }
}

function afterSentence(turn: Turn, done: Extract<TurnEvent, { type: 'sentence.done' }>): Turn {
  const audioMs = turn.made.audioMs + done.audioMs;
  const synthMs = turn.made.synthMs + done.synthMs;
  const after: Turn = {
    ...turn,
    hasSound: turn.hasSound || done.audioMs > 0,
    soundMs: placed(turn.soundMs, done.index, done.audioMs),
    made: { audioMs, synthMs },
    making: turn.making === done.index ? -1 : turn.making,
  };
  return audioMs > 0 ? withFigures(after, { rtf: synthMs / audioMs }) : after;
}

/**
 * Whether the listener waits because the voice is not quick enough: the player has run dry, or has not begun and the voice
 * is known to be slower than the ear, while the voice is at work on a sentence. Where it has no work the language model is
 * waited for.
 */
export function isWaitingForVoice(turn: Turn): boolean {
  if (!isActive(turn) || !turn.isBuffering || turn.making < 0) return false;
  return turn.state === 'speaking' || (turn.pace ?? 0) >= 1;
}

/** The turn after something that the player reported. */
export function afterPlayerEvent(turn: Turn, event: PlayerEvent): Turn {
  if (event.type === 'failed') {
    return event.turnId === undefined || event.turnId === turn.speechId ? failTurn(turn, event.error) : turn;
  }
  if (event.type === 'output-lost' || event.type === 'outputs') return turn;
  if (event.turnId !== turn.speechId || !isActive(turn)) return turn;
  switch (event.type) {
    case 'held':
    case 'went':
      return turn;
    case 'first-chunk':
      return withFigures({ ...turn, hasSound: true }, { firstChunkMs: event.atMs - turn.sentAt });
    case 'first-sound':
      return withFigures(
        { ...turn, state: 'speaking', isBuffering: false },
        { firstSoundMs: event.atMs - turn.sentAt },
      );
    case 'progress': {
      const { chunks, bufferMs, underruns, sentenceIndex, sentenceMs, heardMs, phase } = event;
      const moved: Turn = {
        ...turn,
        state: heardMs > 0 ? 'speaking' : turn.state,
        played: { sentenceIndex, sentenceMs },
        furthest: furtherOf(turn.furthest, { sentenceIndex, sentenceMs }),
        isSounding: phase === 'playing' || phase === 'pause',
        isBuffering: phase === 'buffering',
      };
      return withFigures(moved, { chunks, bufferMs, underruns });
    }
    case 'drained':
      return settle({ ...turn, isDrained: true, isSounding: false });
    default:
      return unreachable(event);
  }
}

/** The turn when the person stopped it. */
export function stopTurn(turn: Turn): Turn {
  return isActive(turn) ? end(turn, 'stopped') : turn;
}

/** The turn when it failed for a reason that came from elsewhere than the assistant. */
export function failTurn(turn: Turn, error: AppError): Turn {
  return isActive(turn) ? end({ ...turn, error }, 'failed') : turn;
}

/**
 * How far the listener got, for the history: what the player handed over, less what is still on its way to the ear. At
 * the very start of a sentence that may be nothing of it.
 */
export function heardOf(turn: Turn, latencyMs: number): Heard {
  const { sentenceIndex, sentenceMs } = turn.furthest;
  return { turnId: turn.speechId, sentenceIndex, sentenceMs: Math.max(0, sentenceMs - latencyMs) };
}

function furtherOf(a: Place, b: Place): Place {
  if (a.sentenceIndex !== b.sentenceIndex) return a.sentenceIndex > b.sentenceIndex ? a : b;
  return a.sentenceMs > b.sentenceMs ? a : b;
}

/** What is known of the sound of a turn's sentence. */
export function soundOf(turn: Turn, index: number): SentenceSound {
  return { soundMs: turn.soundMs[index], spokenWords: turn.spokenWords[index] };
}

/** A copy of a list with one entry set. */
function placed<T>(list: readonly T[], index: number, value: T): T[] {
  const copy = [...list];
  copy[index] = value;
  return copy;
}

function afterLastWord(turn: Turn): Turn {
  switch (turn.outcome) {
    case 'stopped':
    case 'failed':
      return end(turn, turn.outcome);
    case 'complete':
    case 'incomplete':
    case undefined:
      return settle(turn);
  }
}

/** Ends the turn if nothing is left to wait for: the assistant is done, and the player too if there was any sound. */
function settle(turn: Turn): Turn {
  if (turn.outcome === undefined) return turn;
  return turn.isDrained || !turn.hasSound ? end(turn, turn.outcome) : turn;
}

function end(turn: Turn, state: TurnOutcome): Turn {
  const ended: Turn = { ...turn, state, notice: '', isSounding: false, isBuffering: false };
  return withFigures(turn.before === undefined ? ended : asBefore(ended, turn.before), { bufferMs: 0 });
}

/** What an answer is does not change by its being played again; only why that failed is new. */
function asBefore(turn: Turn, { state, error }: NonNullable<Turn['before']>): Turn {
  return { ...turn, state, error: turn.state === 'failed' ? turn.error : error, before: undefined };
}

function withFigures(turn: Turn, figures: Partial<TurnFigures>): Turn {
  return { ...turn, figures: { ...turn.figures, ...figures } };
}
