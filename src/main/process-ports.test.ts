import { describe, expect, it } from 'vitest';
import { ProcessPorts, type PortTaker } from './process-ports.ts';
import type { ProcessState } from './processes/supervised-process.ts';

/** A process that notes which ports it was handed, by peer. */
class Process<Peer extends string> implements PortTaker<Peer, string> {
  state: ProcessState = 'down';
  readonly ports: string[] = [];

  send({ peer }: { readonly peer: Peer }, [port]: string[]): void {
    this.ports.push(`${peer}: ${port}`);
  }
}

class Page {
  destroyed = false;
  readonly ports: string[] = [];

  isDestroyed(): boolean {
    return this.destroyed;
  }

  postMessage(_channel: string, what: string, [port]: string[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.ports.push(`${what}: ${port}`);
  }
}

function processes(): {
  assistant: Process<'speech' | 'window' | 'llm'>;
  speech: Process<'assistant' | 'player'>;
  llmPorts: string[];
  ports: ProcessPorts<string>;
} {
  const assistant = new Process<'speech' | 'window' | 'llm'>();
  const speech = new Process<'assistant' | 'player'>();
  const llmPorts: string[] = [];
  let pairs = 0;
  const ports = new ProcessPorts<string>({
    assistant,
    speech,
    llm: { send: (_command, transfer) => llmPorts.push(...transfer) },
    openPair: () => ({ port1: `${++pairs}a`, port2: `${pairs}b` }),
  });
  return { assistant, speech, llmPorts, ports };
}

describe('the ports between the processes', () => {
  it('join assistant and speech as soon as both run, whichever is last, each with one end of the pair', () => {
    const { assistant, speech, ports } = processes();
    assistant.state = 'running';
    ports.assistantStarted();
    expect(assistant.ports).toEqual([]);
    speech.state = 'running';
    ports.speechStarted();
    expect(assistant.ports).toEqual(['speech: 1a']);
    expect(speech.ports).toEqual(['assistant: 1b']);
  });

  it('join the page with what runs when it comes, and with what starts later', () => {
    const { assistant, speech, ports } = processes();
    const page = new Page();
    assistant.state = 'running';
    ports.connectPage(page);
    expect(page.ports).toEqual(['turn: 1b']);
    speech.state = 'running';
    ports.speechStarted();
    expect(page.ports).toEqual(['turn: 1b', 'player: 3b']);
    expect(assistant.ports).toEqual(['window: 1a', 'speech: 2a']);
    expect(speech.ports).toEqual(['assistant: 2b', 'player: 3a']);
  });

  it('are new for both pairs of a process that started anew, and the others are left as they are', () => {
    const { assistant, speech, ports } = processes();
    const page = new Page();
    assistant.state = speech.state = 'running';
    ports.connectPage(page);
    ports.assistantStarted();
    ports.speechStarted();
    page.ports.length = assistant.ports.length = speech.ports.length = 0;
    ports.speechStarted();
    expect(speech.ports.map((port) => port.split(':')[0])).toEqual(['assistant', 'player']);
    expect(assistant.ports.map((port) => port.split(':')[0])).toEqual(['speech']);
    expect(page.ports.map((port) => port.split(':')[0])).toEqual(['player']);
  });

  it('are not handed to a process that waits to be started again', () => {
    const { assistant, speech, ports } = processes();
    assistant.state = 'waiting-to-restart';
    speech.state = 'running';
    ports.speechStarted();
    ports.connectPage(new Page());
    expect(assistant.ports).toEqual([]);
    expect(speech.ports).toEqual(['player: 1a']);
  });

  it('are not handed to a page that is gone, which would throw', () => {
    const { assistant, ports } = processes();
    const page = new Page();
    ports.connectPage(page);
    page.destroyed = true;
    assistant.state = 'running';
    ports.assistantStarted();
    expect(page.ports).toEqual([]);
    expect(assistant.ports).toEqual([]);
  });

  it('join the built-in model with the assistant only', () => {
    const { assistant, llmPorts, ports } = processes();
    assistant.state = 'running';
    ports.llmStarted();
    expect(llmPorts).toEqual(['1a']);
    expect(assistant.ports).toEqual(['llm: 1b']);
  });
});
