import { describe, expect, it } from 'vitest';
import { Conversation, MAX_CONVERSATION_CHARACTERS } from './conversation.ts';

function talk(conversation: Conversation, turnId: string, prompt: string, answer: string): void {
  conversation.begin(turnId, prompt);
  conversation.setAnswer(turnId, answer);
}

const contents = (conversation: Conversation): string[] =>
  conversation.messages('', 'now').map((message) => message.content);

describe('the conversation', () => {
  it('sends the system prompt first, unless it is empty', () => {
    const conversation = new Conversation();
    expect(conversation.messages('Be kind.', 'Hi')).toEqual([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ]);
    expect(conversation.messages(' ', 'Hi')).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('leaves out exchanges without an answer, so that roles always take turns', () => {
    const conversation = new Conversation();
    conversation.begin('a', 'one');
    talk(conversation, 'b', 'two', 'answer');
    expect(contents(conversation)).toEqual(['two', 'answer', 'now']);
  });

  it('cuts an answer to what was heard, later too', () => {
    const conversation = new Conversation();
    talk(conversation, 'a', 'one', 'a long answer');
    talk(conversation, 'b', 'two', 'another');
    conversation.setAnswer('a', 'a long');
    expect(contents(conversation)).toEqual(['one', 'a long', 'two', 'another', 'now']);
  });

  it('forgets the oldest exchanges when there are too many characters', () => {
    const conversation = new Conversation();
    const third = 'x'.repeat(MAX_CONVERSATION_CHARACTERS / 3);
    for (const id of ['a', 'b', 'c', 'd']) talk(conversation, id, id, third);
    expect(contents(conversation)).toEqual(['c', third, 'd', third, 'now']);
  });

  it('keeps the newest exchange, however long', () => {
    const conversation = new Conversation();
    const huge = 'x'.repeat(MAX_CONVERSATION_CHARACTERS * 2);
    talk(conversation, 'a', 'one', 'short');
    talk(conversation, 'b', 'two', huge);
    expect(contents(conversation)).toEqual(['two', huge, 'now']);
  });

  it('counts what it forgot', () => {
    const conversation = new Conversation();
    const third = 'x'.repeat(MAX_CONVERSATION_CHARACTERS / 3);
    conversation.load(['a', 'b', 'c', 'd'].map((turnId) => ({ turnId, prompt: turnId, answer: third })));
    expect(conversation.forgotten).toBe(2);
    conversation.load([]);
    expect(conversation.forgotten).toBe(0);
    expect(contents(conversation)).toEqual(['now']);
  });

  it('follows on a conversation that was loaded', () => {
    const conversation = new Conversation();
    talk(conversation, 'a', 'another', 'conversation');
    conversation.load([{ turnId: 'b', prompt: 'one', answer: 'two' }]);
    talk(conversation, 'c', 'three', 'four');
    expect(contents(conversation)).toEqual(['one', 'two', 'three', 'four', 'now']);
  });

  it('does not bring back what was replaced while its turn still ran', () => {
    const conversation = new Conversation();
    conversation.begin('a', 'one');
    conversation.load([]);
    conversation.setAnswer('a', 'late');
    expect(contents(conversation)).toEqual(['now']);
  });
});
