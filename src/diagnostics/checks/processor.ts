/** The processor, and how many threads the engine that is loaded takes of it. */
import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os';
import { fine, note, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

/** Less free memory than this leaves no room for the voice and the built-in language model, bytes. */
const LITTLE_MEMORY = 500e6;

export const processorCheck: Check = {
  id: 'processor',
  title: FINDINGS.processor.title,
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
      FINDINGS.processor.cores(`${figures.cpu} (${figures.arch})`, cores),
      ...(threads === undefined ? [] : [FINDINGS.processor.threads(threads)]),
      ...(figures.load === null ? [] : [FINDINGS.processor.load(figures.load)]),
      FINDINGS.processor.memory(gigabytes(figures.freeBytes), gigabytes(figures.memoryBytes)),
    ].join(' ');
    if (figures.freeBytes < LITTLE_MEMORY)
      return Promise.resolve(note(detail, FINDINGS.processor.closePrograms, figures));
    if (figures.load !== null && figures.load > 2 * cores)
      return Promise.resolve(note(detail, FINDINGS.processor.otherPrograms, figures));
    return Promise.resolve(fine(detail, figures));
  },
};
