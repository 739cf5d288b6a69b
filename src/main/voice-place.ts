/** On what the voices run: what this platform offers, what the person chose of it, and where CUDA's libraries are. */
import { dialog } from 'electron';
import { epPreference } from '../common/ep-preference.ts';
import type { VoicePlaces } from '../common/ports/bridge.ts';
import { appError, err, ok, type Result } from '../common/result.ts';
import type { Settings } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { lookForCuda } from '../library/cuda/cuda-folder.ts';
import type { CudaSetup } from '../library/cuda/cuda-setup.ts';
import type { SettingsStore } from './settings-store.ts';

export interface VoicePlaceParts {
  readonly settings: SettingsStore;
  /** Sets CUDA up with the folder that is named; '' for none. */
  readonly look: (folder: string) => Promise<void>;
  readonly cuda: () => CudaSetup;
  /** Only a new process sees other libraries. */
  readonly restartVoice: () => void;
}

export class VoicePlace {
  private readonly parts: VoicePlaceParts;

  constructor(parts: VoicePlaceParts) {
    this.parts = parts;
  }

  facts(): VoicePlaces {
    const { runtime } = this.parts.cuda();
    return {
      eps: epPreference(process.platform, process.arch),
      cudaProblem: runtime?.state === 'unusable' ? runtime.problem : '',
    };
  }

  /** Follows a change of the settings. */
  async settingsChanged(before: Settings, now: Settings): Promise<void> {
    const isOtherFolder = before.cudaFolder !== now.cudaFolder;
    if (isOtherFolder) await this.parts.look(now.cudaFolder);
    if (isOtherFolder || JSON.stringify(before.ep) !== JSON.stringify(now.ep)) this.parts.restartVoice();
  }

  /** Asks for a folder with CUDA's libraries and keeps it; null when the person gave up. */
  async chooseCudaFolder(): Promise<Result<Settings | null>> {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: STRINGS.dialogs.cudaFolder,
      message: STRINGS.dialogs.cudaFolderNote,
      properties: ['openDirectory'],
    });
    const [folder] = filePaths;
    if (canceled || folder === undefined) return ok(null);
    const { provider, libraries } = await lookForCuda(folder);
    if (provider === undefined && libraries.length === 0)
      return err(appError('file-unreadable', 'settings', FAILURES.cuda.noLibraries(folder)));
    const changed = await this.parts.settings.change({ cudaFolder: folder });
    if (!changed.ok) return changed;
    await this.parts.look(folder);
    this.parts.restartVoice();
    return changed;
  }
}
