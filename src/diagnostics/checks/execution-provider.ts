/** On what the voice's graphs run, why, and what else this machine could offer. */
import type { EpName } from '../../common/engine.ts';
import { epPreference } from '../../common/ep-preference.ts';
import { FINDINGS } from '../../common/strings/findings.ts';
import { failed, fine, note, type Check, type CheckContext } from '../check.ts';
import { lookAtCuda } from '../../library/cuda/cuda-setup.ts';
import { readSettings } from '../settings-reading.ts';

export const executionProviderCheck: Check = {
  id: 'execution provider',
  title: FINDINGS.ep.title,
  async run(context) {
    // Loaded here, so that a runtime which does not load is this check's finding and not the end of all of them.
    const { epObstacle } = await import('../../speech/ep-obstacle.ts');
    const { settings } = await readSettings(context.settingsFolder);
    const cuda = await lookAtCuda(settings.cudaFolder, context.around);
    const obstacleTo = (ep: EpName): string | undefined => {
      if (ep === 'cpu') return undefined;
      if (ep !== 'cuda' || cuda === undefined) return epObstacle(ep);
      return cuda.state === 'unusable' ? cuda.problem : undefined;
    };
    const offers = epPreference(context.around.platform, process.arch).map((ep) => ({
      ep,
      obstacle: obstacleTo(ep),
    }));
    const wanted = settings.ep;
    const lines = offers.map(({ ep, obstacle }) => `${ep}: ${obstacle ?? FINDINGS.ep.canBeTried}`);
    const detail = FINDINGS.ep.onThisMachine(inUse(context), lines.join('; '));
    const figures = {
      wanted,
      offers: offers.map(({ ep, obstacle }) => ({ ep, obstacle: obstacle ?? null })),
    };
    const missing = offers.find(
      ({ ep, obstacle }) => obstacle !== undefined && Object.values(wanted).includes(ep),
    );
    if (missing !== undefined) return failed(detail, FINDINGS.ep.missing(missing.ep), figures);
    if (context.app?.readiness.state === 'failed') return note(detail, FINDINGS.ep.voiceNotLoaded, figures);
    return fine(detail, figures);
  },
};

function inUse({ app }: CheckContext): string {
  const others = FINDINGS.ep.others;
  if (app === undefined) return others;
  const { readiness } = app;
  if (readiness.state !== 'ready') return FINDINGS.ep.noVoice(others);
  const { engine, ep, epReport } = readiness;
  if (epReport === undefined) return FINDINGS.ep.onlyOne(engine, ep);
  if (epReport.length === 0) return FINDINGS.ep.asSet(engine, ep);
  return FINDINGS.ep.tried(engine, ep, epReport.join('; '));
}
