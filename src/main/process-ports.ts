/**
 * The ports between the processes behind the window, and between them and the page: one port joins each pair that talks.
 * A pair is joined when both ends are there, and anew when one of them is; what was said on the old port is lost with it.
 */
import { BRIDGE_CHANNELS } from '../common/ports/bridge-channels.ts';
import type { ProcessState } from './processes/supervised-process.ts';

/** One end of a pair, of which the household has three. */
export interface PortTaker<Peer extends string, Port> {
  readonly state: ProcessState;
  send(command: { readonly type: 'port'; readonly peer: Peer }, transfer: Port[]): void;
}

/** The built-in model's process, which has one peer only. */
export interface SinglePortTaker<Port> {
  send(command: { readonly type: 'port' }, transfer: Port[]): void;
}

/** The page, as far as it takes ports. */
export interface PagePortTaker<Port> {
  isDestroyed(): boolean;
  postMessage(channel: string, what: 'turn' | 'player', transfer: Port[]): void;
}

/** Who is joined, and by what. */
export interface PortTakers<Port> {
  readonly assistant: PortTaker<'speech' | 'window' | 'llm', Port>;
  readonly speech: PortTaker<'assistant' | 'player', Port>;
  readonly llm: SinglePortTaker<Port>;
  readonly openPair: () => { readonly port1: Port; readonly port2: Port };
}

export class ProcessPorts<Port> {
  private readonly takers: PortTakers<Port>;
  private page: PagePortTaker<Port> | undefined;

  constructor(takers: PortTakers<Port>) {
    this.takers = takers;
  }

  /** A page was loaded: it gets its ports now, and whenever a process at their other end starts anew. */
  connectPage(page: PagePortTaker<Port>): void {
    this.page = page;
    this.joinAssistantAndPage();
    this.joinSpeechAndPage();
  }

  /** The assistant has started, for the first time or anew. */
  assistantStarted(): void {
    this.joinAssistantAndSpeech();
    this.joinAssistantAndPage();
  }

  /** Speech has started, for the first time or anew. */
  speechStarted(): void {
    this.joinAssistantAndSpeech();
    this.joinSpeechAndPage();
  }

  /** The built-in model's process has started, which the assistant had asked for. */
  llmStarted(): void {
    const { port1, port2 } = this.takers.openPair();
    this.takers.llm.send({ type: 'port' }, [port1]);
    this.takers.assistant.send({ type: 'port', peer: 'llm' }, [port2]);
  }

  private joinAssistantAndSpeech(): void {
    const { assistant, speech } = this.takers;
    if (assistant.state !== 'running' || speech.state !== 'running') return;
    const { port1, port2 } = this.takers.openPair();
    assistant.send({ type: 'port', peer: 'speech' }, [port1]);
    speech.send({ type: 'port', peer: 'assistant' }, [port2]);
  }

  private joinAssistantAndPage(): void {
    const { assistant } = this.takers;
    if (assistant.state !== 'running' || this.page?.isDestroyed() !== false) return;
    const { port1, port2 } = this.takers.openPair();
    assistant.send({ type: 'port', peer: 'window' }, [port1]);
    this.page.postMessage(BRIDGE_CHANNELS.port, 'turn', [port2]);
  }

  private joinSpeechAndPage(): void {
    const { speech } = this.takers;
    if (speech.state !== 'running' || this.page?.isDestroyed() !== false) return;
    const { port1, port2 } = this.takers.openPair();
    speech.send({ type: 'port', peer: 'player' }, [port1]);
    this.page.postMessage(BRIDGE_CHANNELS.port, 'player', [port2]);
  }
}
