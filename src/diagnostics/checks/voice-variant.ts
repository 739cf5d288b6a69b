/** How the voice runs on this machine, and what its self-check measured when that was chosen. */
import { availableParallelism, cpus } from 'node:os';
import { readSelfChecks, type SelfCheck } from '../../speech/engines/kokoro/self-check-record.ts';
import { fine, note, type Check } from '../check.ts';
import { locateVoice } from '../voice-model.ts';

export const voiceVariantCheck: Check = {
  id: 'voice variant',
  title: 'Self-check of the voice',
  async run(context) {
    const voice = await locateVoice(context);
    const checks = voice === undefined ? [] : await readSelfChecks(voice.preparedFolder);
    // A models folder may be shared by machines; the newest check made on a machine like this one counts.
    const check = checks.findLast(isOfThisMachine);
    if (check === undefined)
      return note('Not made on this machine yet.', 'It is made when the voice is next loaded.');
    const { conditions, chosen, checkedAt } = check;
    const detail = `${chosen} was chosen on ${conditions.cpu} with ${conditions.cores} cores and ONNX Runtime ${conditions.runtime} (${checkedAt.slice(0, 10)}): ${tried(check)}.${threadsTried(check)}`;
    if (chosen !== 'original') return fine(detail, check);
    return note(
      detail,
      'The prepared graphs were wrong or slower here; speech works, but begins later.',
      check,
    );
  },
};

function isOfThisMachine({ conditions }: SelfCheck): boolean {
  const cpu = `${cpus()[0]?.model.trim() ?? 'unknown'} (${process.arch})`;
  return conditions.cpu === cpu && conditions.cores === availableParallelism();
}

function tried({ findings }: SelfCheck): string {
  return findings
    .map((finding) =>
      finding.runs
        ? `${finding.variant}: ${finding.differenceDb ?? '?'} dB off, real-time factor ${finding.rtf}, first sound after ${Math.round(finding.firstMs)} ms`
        : `${finding.variant}: ${finding.reason}`,
    )
    .join('; ');
}

/** How many threads a run has, and why, as a sentence of its own; '' where there was no choice. */
function threadsTried({ threads, threadFindings }: SelfCheck): string {
  if (threadFindings.length === 0) return '';
  const figures = threadFindings
    .map(
      (finding) =>
        `${finding.threads}: real-time factor ${finding.rtf}, first sound after ${Math.round(finding.firstMs)} ms`,
    )
    .join('; ');
  return ` A run has ${threads === 1 ? 'one thread' : `${threads} threads`} (${figures}).`;
}
