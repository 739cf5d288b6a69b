/** The window as a person uses it: what they type, pick and press, and what they read. */
import { expect, type Page } from '@playwright/test';

/** The words that the status begins with. */
export type StatusWord =
  | 'starting'
  | 'ready'
  | 'resting'
  | 'streaming'
  | 'speaking'
  | 'complete'
  | 'stopped'
  | 'incomplete'
  | 'failed';

export class AloudWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the status begins with one of the words. */
  async waitFor(words: StatusWord | readonly StatusWord[], timeoutMs = 60_000): Promise<void> {
    const any = typeof words === 'string' ? [words] : words;
    await expect(this.page.getByTestId('status')).toHaveAttribute(
      'data-state',
      new RegExp(`^(${any.join('|')})$`),
      {
        timeout: timeoutMs,
      },
    );
  }

  /** Types a prompt in place of what stands there. */
  async type(prompt: string): Promise<void> {
    await this.page.getByTestId('prompt').fill(prompt);
  }

  /** Presses Send and gives the wall-clock time just before, ms. */
  async send(): Promise<number> {
    const at = Date.now();
    await this.page.getByTestId('send').click();
    return at;
  }

  async pickProvider(id: string): Promise<void> {
    await this.page.getByTestId('provider').selectOption(id);
  }

  async pickVoice(id: string): Promise<void> {
    await this.page.getByTestId('voice').selectOption(id);
  }

  /** The text of the latest answer. */
  async answer(): Promise<string> {
    return (await this.page.getByTestId('answer').last().textContent()) ?? '';
  }

  /** A figure's number; NaN while it shows none. */
  async figure(
    id: 'chunk-count' | 'buffer-ms' | 'first-chunk-ms' | 'first-sound-ms' | 'underruns' | 'rtf',
  ): Promise<number> {
    return Number.parseFloat((await this.page.getByTestId(id).textContent()) ?? '');
  }

  /** The text of the error that is shown. */
  async error(): Promise<string> {
    return (await this.page.getByTestId('error').last().textContent()) ?? '';
  }
}
