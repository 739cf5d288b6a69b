/**
 * The assistant's way to the built-in model's process, which exists only while it is used: asks for the process when a
 * request needs it, hands reports to the request they belong to, and tells every request when the process is gone.
 */
import type { Channel } from '../../common/channel.ts';
import type { LlmReport, LlmRequest } from '../../common/ports/llm.ts';
import type { ChatMessage } from '../../common/provider.ts';
import { appError, type AppError } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';

/** What a request hears: its reports, or that the process is gone. */
export type LlmListener = (report: LlmReport | { readonly type: 'gone'; readonly error: AppError }) => void;

export class LlmLink {
  private readonly want: () => void;
  private channel: Channel<LlmRequest, LlmReport> | undefined;
  private readonly listeners = new Map<string, LlmListener>();
  /** Requests made before the process was there, in order. */
  private unsent: LlmRequest[] = [];

  /** `want` asks for the process; {@link LlmLink.connect} or {@link LlmLink.gone} is the answer. */
  constructor(want: () => void) {
    this.want = want;
  }

  /** Asks for an answer; `listener` hears of it until `done`, `failed` or `gone`, or until {@link LlmLink.cancel}. */
  generate(request: Extract<LlmRequest, { type: 'generate' }>, listener: LlmListener): void {
    this.listeners.set(request.requestId, listener);
    this.send(request);
  }

  /** Holds a request that has reached the process, or lets it go on. */
  hold(requestId: string, held: boolean): void {
    if (this.listeners.has(requestId)) this.channel?.send({ type: 'hold', requestId, held });
  }

  /** Ends a request; its listener hears no more. */
  cancel(requestId: string): void {
    if (!this.listeners.delete(requestId)) return;
    this.unsent = this.unsent.filter(
      (request) => request.type !== 'generate' || request.requestId !== requestId,
    );
    this.channel?.send({ type: 'cancel', requestId });
  }

  /** Loads the model before it is needed, and has it read `messages`, of which the last is an empty prompt; none: nothing. */
  warm(modelPath: string, messages: readonly ChatMessage[]): void {
    this.send({ type: 'warm', modelPath, messages });
  }

  /** The process is there. A newer channel replaces an older one, whose requests are lost. */
  connect(channel: Channel<LlmRequest, LlmReport>): void {
    if (this.channel !== undefined) {
      this.channel.close();
      this.loseSent();
    }
    this.channel = channel;
    channel.onMessage((report) => {
      if (this.channel === channel) this.deliver(report);
    });
    channel.onClose(() => {
      if (this.channel === channel) this.gone(GONE);
    });
    for (const request of this.unsent.splice(0)) channel.send(request);
  }

  /** The process ended or could not be started. */
  gone(error: AppError): void {
    this.channel = undefined;
    this.unsent = [];
    this.lose(error, [...this.listeners.keys()]);
  }

  private send(request: LlmRequest): void {
    if (this.channel !== undefined) {
      this.channel.send(request);
      return;
    }
    this.unsent.push(request);
    this.want();
  }

  private deliver(report: LlmReport): void {
    const listener = this.listeners.get(report.requestId);
    if (report.type !== 'delta') this.listeners.delete(report.requestId);
    listener?.(report);
  }

  private loseSent(): void {
    const unsent = new Set(
      this.unsent.map((request) => (request.type === 'generate' ? request.requestId : '')),
    );
    this.lose(
      GONE,
      [...this.listeners.keys()].filter((id) => !unsent.has(id)),
    );
  }

  private lose(error: AppError, requestIds: readonly string[]): void {
    for (const id of requestIds) {
      const listener = this.listeners.get(id);
      this.listeners.delete(id);
      listener?.({ type: 'gone', error });
    }
  }
}

const GONE = appError('process-gone', 'llm', FAILURES.builtIn.stopped, { retryable: true });
