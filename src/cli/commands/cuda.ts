/** `aloud cuda install`: CUDA for the voices on a machine with an NVIDIA GPU. */
import { appError, AppFailure } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { installCuda } from '../../library/cuda/cuda-install.ts';
import { usualCudaFolder } from '../../library/cuda/cuda-setup.ts';
import { runtimeFiles } from '../../library/cuda/runtime-files.ts';
import { surroundings } from '../../library/paths.ts';
import { parseWords, UsageError, type Command } from '../command.ts';

/** What whoever installs it agrees to, and what comes. */
const NOTICE =
  'From PyPI come ONNX Runtime’s CUDA provider (MIT licence) and NVIDIA’s CUDA 13 and cuDNN 9 libraries, for which NVIDIA’s\n' +
  'licences hold (https://docs.nvidia.com/cuda/eula, https://docs.nvidia.com/deeplearning/cudnn/latest/reference/eula.html):\n' +
  'about 1.5 GB to download, 2.5 GB on the disk.\n';

/** Signals that end the installation and leave what was there before. */
const STOPS = ['SIGINT', 'SIGTERM'] as const;

export const cudaCommand: Command = {
  usage: 'aloud cuda install',
  summary:
    'Installs what voices need to run on an NVIDIA GPU (Linux, x64), from PyPI by your own pip. aloud doctor says what is missing.',
  async run(args) {
    const { positionals } = parseWords(args, {});
    const [action, ...more] = positionals;
    if (action !== 'install' || more.length > 0) throw new UsageError('What shall be done? Use: install');
    const around = surroundings();
    if (around.platform !== 'linux' || process.arch !== 'x64')
      throw new AppFailure(appError('request-invalid', 'system', FAILURES.cuda.linuxOnly));
    const folder = usualCudaFolder(around);
    process.stderr.write(NOTICE);
    const abort = new AbortController();
    const interrupt = (): void => abort.abort();
    for (const signal of STOPS) process.once(signal, interrupt);
    try {
      await installCuda({ folder, runtimeVersion: runtimeFiles().version, signal: abort.signal });
    } finally {
      for (const signal of STOPS) process.off(signal, interrupt);
    }
    process.stdout.write(`CUDA is installed in ${folder}. Look at it with: aloud doctor\n`);
  },
};
