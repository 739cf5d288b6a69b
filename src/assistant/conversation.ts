/**
 * What was said so far, as language models take it. An exchange counts once there is an answer; one of which nothing was
 * heard is as if it had not been. The oldest exchanges are forgotten when all of them have more than
 * {@link MAX_CONVERSATION_CHARACTERS}.
 */
import type { Exchange } from '../common/conversation.ts';
import type { ChatMessage } from '../common/provider.ts';

/** About 12,000 tokens of English: fits the models of today, and costs little to send. */
export const MAX_CONVERSATION_CHARACTERS = 48_000;

interface Remembered extends Exchange {
  answer: string;
}

export class Conversation {
  private exchanges: Remembered[] = [];
  private forgottenCount = 0;

  /** Exchanges at the beginning that were forgotten. */
  get forgotten(): number {
    return this.forgottenCount;
  }

  /** Remembers these exchanges, oldest first, in place of all others. */
  load(exchanges: readonly Exchange[]): void {
    this.exchanges = exchanges.map((exchange) => ({ ...exchange }));
    this.forgottenCount = 0;
    this.forget();
  }

  /** What to send for a new prompt: the system prompt unless it is empty, the exchanges so far, the prompt. */
  messages(systemPrompt: string, prompt: string): ChatMessage[] {
    const system: ChatMessage[] =
      systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt }];
    const past = this.exchanges
      .filter((exchange) => exchange.answer.trim() !== '')
      .flatMap((exchange): ChatMessage[] => [
        { role: 'user', content: exchange.prompt },
        { role: 'assistant', content: exchange.answer },
      ]);
    return [...system, ...past, { role: 'user', content: prompt }];
  }

  /** A turn began. */
  begin(turnId: string, prompt: string): void {
    this.exchanges.push({ turnId, prompt, answer: '' });
    this.forget();
  }

  /** Sets a turn's answer, or what was heard of it. A turn that was forgotten stays so. */
  setAnswer(turnId: string, answer: string): void {
    const exchange = this.exchanges.find((candidate) => candidate.turnId === turnId);
    if (exchange === undefined) return;
    exchange.answer = answer;
    this.forget();
  }

  private forget(): void {
    let characters = 0;
    const firstKept = this.exchanges.findLastIndex((exchange) => {
      characters += exchange.prompt.length + exchange.answer.length;
      return characters > MAX_CONVERSATION_CHARACTERS;
    });
    // The newest stays, however long.
    this.forgottenCount += this.exchanges.splice(
      0,
      Math.min(firstKept + 1, Math.max(0, this.exchanges.length - 1)),
    ).length;
  }
}
