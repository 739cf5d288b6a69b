/** The processor, and how many threads the engine that is loaded takes of it. */
import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os';
import { fine, note, type Check } from '../check.ts';

/** Less free memory than this leaves no room for the voice and the built-in language model, bytes. */
const LITTLE_MEMORY = 500e6;

export const processorCheck: Check = {
  id: 'processor',
  title: 'Processor and memory',
  run({ app }) {
    const cores = availableParallelism();
    const readiness = app?.readiness;
    const threads = readiness?.state === 'ready' ? readiness.threads : undefined;
    const figures = {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      arch: process.arch,
      cores,
      threads: threads ?? null,
      // Windows has no load average and gives zeros.
      load: process.platform === 'win32' ? null : (loadavg()[0] ?? 0),
      memoryBytes: totalmem(),
      freeBytes: freemem(),
    };
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
    const detail = [
      `${figures.cpu} (${figures.arch}), ${cores} ${cores === 1 ? 'core' : 'cores'}.`,
      ...(threads === undefined
        ? []
        : [`The voice runs on ${threads} ${threads === 1 ? 'thread' : 'threads'}.`]),
      ...(figures.load === null ? [] : [`Load ${figures.load.toFixed(1)}.`]),
      `${gigabytes(figures.freeBytes)} of ${gigabytes(figures.memoryBytes)} GB of memory free.`,
    ].join(' ');
    if (figures.freeBytes < LITTLE_MEMORY)
      return Promise.resolve(
        note(detail, 'Close programs that take much memory: the voice may be slow or end.', figures),
      );
    if (figures.load !== null && figures.load > 2 * cores)
      return Promise.resolve(
        note(detail, 'Other programs fill the processor: the voice may pause.', figures),
      );
    return Promise.resolve(fine(detail, figures));
  },
};
