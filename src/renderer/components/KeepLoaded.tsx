/** How long voice and built-in model stay in memory after they were last used. */
import { STRINGS } from '../../common/strings/interface.ts';
import { useApp } from './use-app.ts';

/** The offered times, minutes; 0 stands for always. */
const KEEP_LOADED_MINUTES = [5, 15, 30, 60, 240, 0];

export function KeepLoaded({ minutes }: { readonly minutes: number }) {
  const change = useApp((state) => state.change);
  const words = STRINGS.settings;
  // A time that stands in the settings file and is not offered is shown as it is.
  const offered = KEEP_LOADED_MINUTES.includes(minutes)
    ? KEEP_LOADED_MINUTES
    : [minutes, ...KEEP_LOADED_MINUTES];
  return (
    <label className="flex items-center justify-between gap-4">
      <span>{words.keepLoaded}</span>
      <select
        className="field-control w-48"
        data-testid="keep-loaded"
        value={minutes}
        onChange={(event) => change({ keepLoadedMinutes: Number(event.target.value) })}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {each === 0 ? words.keepLoadedAlways : words.keepLoadedFor(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
