/** Whether the language model's server answers. It is asked only when the person asks for that. */
import { failed, fine, note, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const providerCheck: Check = {
  id: 'provider',
  title: FINDINGS.provider.title,
  run({ provider, app }) {
    if (provider === undefined)
      return Promise.resolve(
        note(
          FINDINGS.provider.notAsked,
          app === undefined ? FINDINGS.provider.askByCommand : FINDINGS.provider.askByButton,
        ),
      );
    const { label, models } = provider;
    if (models === undefined) return Promise.resolve(fine(FINDINGS.provider.noNetwork(label)));
    if (!models.ok) return Promise.resolve(failed(models.error.message, models.error.hint));
    const count = models.value.length;
    return Promise.resolve(fine(FINDINGS.provider.answered(label, count), { models: count }));
  },
};
