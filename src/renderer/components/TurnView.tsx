/** One prompt and its answer, with what went wrong in the place where it went wrong, and what can be done with it. */
import { Copy, Download, LoaderCircle, Pencil, Play, RefreshCw, StepForward } from 'lucide-react';
import { memo, useDeferredValue, useEffect, type ReactNode } from 'react';
import { AnswerText } from '../answer/AnswerText.tsx';
import { rangeOf } from '../answer/answer-dom.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { isActive, type SkippedSentence, type Turn } from '../turn-state.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { useApp } from './use-app.ts';

export interface TurnViewProps {
  readonly turn: Turn;
  /** The newest turn: its answer and error carry the test ids. */
  readonly isLast: boolean;
  /** Whether a newer failure than this turn's is on screen. */
  readonly hasNewerProblem: boolean;
}

export const TurnView = memo(function TurnView({ turn, isLast, hasNewerProblem }: TurnViewProps) {
  const isWaiting = isActive(turn) && turn.answer === '';
  useNotHeardMark(turn);
  // A text that is read aloud is its own answer: it need not stand there twice.
  const isOnlyRead = turn.provider === 'read-aloud' && turn.answer !== '';
  return (
    <article className="group/turn flex flex-col gap-3 pb-6" data-state={turn.state} data-turn={turn.id}>
      {turn.forgotten > 0 && <p className="note text-center">{STRINGS.forgotten(turn.forgotten)}</p>}
      {isOnlyRead ? <p className="note self-end">{STRINGS.readAloud}</p> : <Prompt text={turn.prompt} />}
      <div
        role="group"
        className="flex flex-col gap-2"
        aria-label={STRINGS.answer}
        aria-busy={isActive(turn)}
      >
        {turn.answer !== '' && <AnswerText turnId={turn.id} text={turn.answer} isLast={isLast} />}
        {isWaiting && (
          <p className="note flex items-center gap-2">
            <LoaderCircle size={15} className="motion-safe:animate-spin" aria-hidden />
            {turn.notice || STRINGS.waiting}
          </p>
        )}
        {!isWaiting && turn.notice !== '' && <p className="note">{turn.notice}</p>}
        {turn.skipped.map((skipped) => (
          <Skipped key={skipped.index} turn={turn} skipped={skipped} />
        ))}
        {turn.state === 'stopped' && (
          <p className="note">{turn.heardEnd === 0 ? STRINGS.stoppedBefore : STRINGS.stoppedNote}</p>
        )}
        {turn.error !== undefined && <ErrorNote error={turn.error} isNewest={isLast && !hasNewerProblem} />}
        {!isActive(turn) && <ActionBar turn={turn} isLast={isLast} />}
      </div>
    </article>
  );
});

/** A prompt of more characters may have to be scrolled. */
const LONG_PROMPT = 300;

function Prompt({ text }: { readonly text: string }) {
  return (
    <div
      role="group"
      className="max-h-48 max-w-[85%] self-end overflow-y-auto rounded-lg bg-sunken px-3.5 py-2"
      aria-label={STRINGS.you}
      tabIndex={text.length > LONG_PROMPT ? 0 : undefined}
    >
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
    </div>
  );
}

interface ActionsProps {
  readonly turn: Turn;
  readonly isLast: boolean;
}

/** Its buttons come when there is time for them: turns that only fly past while a person scrolls need none. */
function ActionBar({ turn, isLast }: ActionsProps) {
  const hasTime = useDeferredValue(true, false);
  return (
    <div
      className={`-ml-2 flex min-h-8 items-center gap-0.5 ${isLast ? '' : 'opacity-0 focus-within:opacity-100 group-hover/turn:opacity-100'}`}
    >
      {hasTime && <Actions turn={turn} isLast={isLast} />}
    </div>
  );
}

function Actions({ turn, isLast }: ActionsProps) {
  const replay = useApp((state) => state.replay);
  const copyText = useApp((state) => state.copyText);
  const saveWav = useApp((state) => state.saveWav);
  const regenerate = useApp((state) => state.regenerate);
  const editTurn = useApp((state) => state.editTurn);
  const continueAnswer = useApp((state) => state.continueAnswer);
  const words = STRINGS.actions;
  const hasAnswer = turn.answer.trim() !== '';
  return (
    <>
      {hasAnswer && (
        <>
          <Action label={words.play} onClick={() => replay(turn.id)}>
            <Play size={16} aria-hidden />
          </Action>
          <Action label={words.copy} onClick={() => void copyText(turn.answer)}>
            <Copy size={16} aria-hidden />
          </Action>
          <Action label={words.save} onClick={() => void saveWav(turn.id)}>
            <Download size={16} aria-hidden />
          </Action>
        </>
      )}
      <Action label={words.regenerate} onClick={() => void regenerate(turn.id)}>
        <RefreshCw size={16} aria-hidden />
      </Action>
      <Action
        label={words.edit}
        onClick={() => {
          editTurn(turn.id);
          document.querySelector<HTMLElement>('#prompt')?.focus();
        }}
      >
        <Pencil size={16} aria-hidden />
      </Action>
      {isLast && turn.state === 'incomplete' && (
        <button type="button" className="button ml-1" onClick={() => void continueAnswer()}>
          <StepForward size={15} aria-hidden />
          {words.goOn}
        </button>
      )}
    </>
  );
}

interface ActionProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Action({ label, onClick, children }: ActionProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

function Skipped({ turn, skipped }: { readonly turn: Turn; readonly skipped: SkippedSentence }) {
  const sentence = turn.sentences[skipped.index];
  return (
    <p className="note">
      {STRINGS.sentenceSkipped(sentence?.text.trim() ?? '')} {skipped.error.message}
    </p>
  );
}

/** What of a stopped answer was not heard is set in the soft colour. */
function useNotHeardMark({ id, state, heardEnd, answer }: Turn): void {
  useEffect(() => {
    if (state !== 'stopped' || heardEnd === undefined) return undefined;
    const element = document.querySelector(`[data-answer="${id}"]`);
    const range = element && rangeOf(element, heardEnd, answer.length);
    if (!range) return undefined;
    const highlight = CSS.highlights.get('not-heard') ?? new Highlight();
    CSS.highlights.set('not-heard', highlight.add(range));
    return () => void highlight.delete(range);
  }, [id, state, heardEnd, answer]);
}
