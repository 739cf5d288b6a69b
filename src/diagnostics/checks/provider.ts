/** Whether the language model's server answers. It is asked only when the person asks for that. */
import { failed, fine, note, type Check } from '../check.ts';

export const providerCheck: Check = {
  id: 'provider',
  title: 'Network to the provider',
  run({ provider, app }) {
    if (provider === undefined)
      return Promise.resolve(
        note(
          'Not asked: nothing is sent unless you want it.',
          app === undefined ? 'Ask with: aloud doctor --provider ID' : 'Press “Ask the provider”.',
        ),
      );
    const { label, models } = provider;
    if (models === undefined) return Promise.resolve(fine(`${label} needs no network.`));
    if (!models.ok) return Promise.resolve(failed(models.error.message, models.error.hint));
    const count = models.value.length;
    return Promise.resolve(
      fine(`${label} answered; it offers ${count} ${count === 1 ? 'model' : 'models'}.`, { models: count }),
    );
  },
};
