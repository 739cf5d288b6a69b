/**
 * Marks in the text the sentence and the word that are heard now, without changing the page: by the CSS Custom
 * Highlight API. The place comes from the player, the device's latency counted.
 */
import { useContext, useEffect } from 'react';
import type { HeardPosition } from '../player/position-track.ts';
import { StoreContext } from '../components/use-app.ts';
import { currentTurn } from '../store.ts';
import { isActive, soundOf } from '../turn-state.ts';
import { timedWords } from '../word-times.ts';
import { rangeOf } from './answer-dom.ts';

/** How often the place is asked for, ms: less than a third of a short word. */
const LOOK_EVERY_MS = 50;

/** Marks while `position` tells of a place. Used once, by the conversation. */
export function useHeardMark(position: () => HeardPosition | undefined): void {
  const store = useContext(StoreContext);
  useEffect(() => {
    if (store === undefined) return undefined;
    let shown = '';
    const step = (): void => {
      const turn = currentTurn(store.getState());
      const place = isActive(turn) ? position() : undefined;
      const isThis = place !== undefined && place.turnId === turn?.speechId;
      const sentence = isThis ? turn.sentences[place.sentenceIndex] : undefined;
      if (!isThis || sentence === undefined) {
        if (shown !== '') clear();
        shown = '';
        return;
      }
      const words = timedWords(sentence, soundOf(turn, place.sentenceIndex));
      const word = words.findLast(({ fromMs }) => fromMs <= place.sentenceMs);
      const now = `${place.turnId} ${sentence.start} ${word?.start ?? ''} ${turn.answer.length}`;
      if (now === shown) return;
      const answer = document.querySelector(`[data-answer="${turn.id}"]`);
      if (answer === null) return;
      shown = now;
      paint('heard-sentence', rangeOf(answer, sentence.start, sentence.end));
      paint('heard-word', word && rangeOf(answer, word.start, word.end));
    };
    const timer = setInterval(step, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      clear();
    };
  }, [store, position]);
}

function paint(name: string, range: Range | undefined): void {
  if (range === undefined) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(range));
}

function clear(): void {
  CSS.highlights.delete('heard-sentence');
  CSS.highlights.delete('heard-word');
}
