/** The NVIDIA GPU, its driver and each library that a voice needs to run on CUDA, where this platform may have it. */
import { checkCuda } from '../../library/cuda/cuda-check.ts';
import { lookAtCuda } from '../../library/cuda/cuda-setup.ts';
import { readElfFile } from '../../library/cuda/elf-file.ts';
import { DEFAULT_FOLDERS } from '../../library/cuda/library-tree.ts';
import { readLoaderCache } from '../../library/cuda/loader-cache.ts';
import { readNvidiaDriver } from '../../library/cuda/nvidia-driver.ts';
import { failed, fine, note, type Check } from '../check.ts';
import { readSettings } from '../settings-reading.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const cudaCheck: Check = {
  id: 'cuda',
  title: 'CUDA',
  async run({ around, settingsFolder }) {
    const { settings } = await readSettings(settingsFolder);
    const runtime = await lookAtCuda(settings.cudaFolder, around);
    if (runtime === undefined) return fine(FINDINGS.cuda.linuxOnly);
    const driver = await readNvidiaDriver();
    const findings = await checkCuda({
      driver,
      runtime,
      loader: { cache: await readLoaderCache(), defaults: DEFAULT_FOLDERS, read: readElfFile },
      libraryPath: (around.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== ''),
    });
    const detail = findings.map(({ message }) => message).join(' ');
    const remedy = findings
      .map(({ hint }) => hint)
      .filter((hint) => hint !== '')
      .join(' ');
    if (findings.every(({ ok }) => ok)) return fine(detail, { driver });
    // Without CUDA a voice runs on the processor: that is a fault only where somebody asked for CUDA.
    const isWanted = Object.values(settings.ep).includes('cuda');
    return isWanted
      ? failed(detail, remedy, { driver, findings })
      : note(detail, remedy, { driver, findings });
  },
};
