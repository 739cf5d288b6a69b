/** Questions that were sent to another process as messages and wait for their answers. */
import { randomUUID } from 'node:crypto';

export class RequestTable<Answer> {
  private readonly waiting = new Map<string, (answer: Answer) => void>();

  /** Opens a request. It is answered by {@link RequestTable.close}, or with `late` after `timeoutMs`. */
  open(timeoutMs: number, late: Answer): { readonly id: string; readonly answer: Promise<Answer> } {
    const id = randomUUID();
    const answer = new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => this.close(id, late), timeoutMs);
      this.waiting.set(id, (value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
    return { id, answer };
  }

  /** Answers a request; an id that is unknown or was answered already is ignored. */
  close(id: string, answer: Answer): void {
    this.waiting.get(id)?.(answer);
    this.waiting.delete(id);
  }

  /** Answers all that wait: the process that was asked is gone. */
  closeAll(answer: Answer): void {
    for (const id of [...this.waiting.keys()]) this.close(id, answer);
  }
}
