/** What each process of the program takes of the machine, as Electron tells it. */
import { app } from 'electron';
import type { ProcessFigures, ProcessKind } from '../common/figures.ts';

/** Names that main gives its processes, and what they are. */
const OWN: Readonly<Record<string, ProcessKind>> = {
  'Aloud assistant': 'assistant',
  'Aloud speech': 'speech',
  'Aloud llm': 'llm',
};

/** The processes now, main first. Asked only while somebody looks: on Linux it reads a file of each process. */
export function processFigures(): ProcessFigures[] {
  return app.getAppMetrics().map(({ type, name, serviceName, memory, cpu }) => ({
    kind: kindOf(type, name ?? ''),
    name: name ?? serviceName ?? type,
    // Electron gives kilobytes.
    memoryBytes: memory.workingSetSize * 1024,
    cpuPercent: Math.max(0, cpu.percentCPUUsage),
  }));
}

function kindOf(type: string, name: string): ProcessKind {
  if (type === 'Browser') return 'main';
  if (type === 'Tab') return 'page';
  if (type === 'GPU') return 'gpu';
  return Object.hasOwn(OWN, name) ? (OWN[name] ?? 'other') : 'other';
}
