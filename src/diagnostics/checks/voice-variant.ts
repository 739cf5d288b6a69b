/** How the voice runs on this machine, and what its self-check measured when that was chosen. */
import { availableParallelism, cpus } from 'node:os';
import { readSelfChecks, type SelfCheck } from '../../speech/engines/kokoro/self-check-record.ts';
import { fine, note, type Check } from '../check.ts';
import { locateVoice } from '../voice-model.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const voiceVariantCheck: Check = {
  id: 'voice variant',
  title: FINDINGS.variant.title,
  async run(context) {
    const voice = await locateVoice(context);
    const checks = voice === undefined ? [] : await readSelfChecks(voice.preparedFolder);
    // A models folder may be shared by machines; the newest check made on a machine like this one counts.
    const check = checks.findLast(isOfThisMachine);
    if (check === undefined) return note(FINDINGS.variant.notMade, FINDINGS.prepared.madeAtLoad);
    const { conditions, chosen, checkedAt } = check;
    const detail = `${FINDINGS.variant.chosen(chosen, conditions, checkedAt.slice(0, 10), tried(check))}${threadsTried(check)}`;
    if (chosen !== 'original') return fine(detail, check);
    return note(detail, FINDINGS.variant.slower, check);
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
        ? FINDINGS.variant.tried(
            finding.variant,
            finding.differenceDb,
            finding.rtf,
            Math.round(finding.firstMs),
          )
        : `${finding.variant}: ${finding.reason}`,
    )
    .join('; ');
}

/** How many threads a run has, and why, as a sentence of its own; '' where there was no choice. */
function threadsTried({ threads, threadFindings }: SelfCheck): string {
  if (threadFindings.length === 0) return '';
  const figures = threadFindings
    .map((finding) => FINDINGS.variant.withThreads(finding.threads, finding.rtf, Math.round(finding.firstMs)))
    .join('; ');
  return ` ${FINDINGS.variant.threads(threads, figures)}`;
}
