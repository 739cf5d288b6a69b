/** The first steps where everything is installed: small, above a prompt box that can be used at once. */
import { X } from 'lucide-react';
import { STRINGS } from '../../common/strings/interface.ts';
import { HearButton, SpeedButton, SpeedNote } from './SetupTrials.tsx';
import { useApp } from './use-app.ts';

export function WelcomeCard() {
  const finish = useApp((state) => state.finishSetup);
  const showPage = useApp((state) => state.showSetupPage);
  const choosePlace = useApp((state) => state.choosePlace);
  const words = STRINGS.setup;
  return (
    <section
      aria-label={words.cardTitle}
      className="mt-2 flex w-full max-w-lg flex-col gap-2 rounded-lg border border-line bg-surface p-4 text-left"
      data-testid="welcome"
    >
      <div className="flex items-start justify-between gap-2">
        <div>
          <h3 className="font-semibold">{words.cardTitle}</h3>
          <p className="text-small text-soft">{words.cardNote}</p>
        </div>
        <button
          type="button"
          className="icon-button -mr-2 -mt-1"
          aria-label={words.dismiss}
          title={words.dismiss}
          data-testid="skip-setup"
          onClick={finish}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
      <div className="flex flex-wrap gap-2">
        <HearButton />
        <SpeedButton />
        <button
          type="button"
          className="button"
          onClick={() => {
            choosePlace('provider');
            showPage();
          }}
        >
          {words.connect}
        </button>
      </div>
      <SpeedNote />
    </section>
  );
}
