import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import { tinyOnnx, type TinyTensor } from '../../testing/tiny-onnx.ts';
import { OFFICIAL_FILE, openOfficialDecoder } from './official-decoder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-official-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('an official Kokoro file that is not one', () => {
  it('that is missing is said with the command that installs it', async () => {
    await expect(openOfficialDecoder(folder, 1)).rejects.toMatchObject({
      error: { code: 'model-missing', hint: 'Install it with: aloud models install kokoro-82m-int8' },
    });
  });

  it('that is text is damaged', async () => {
    await writeFile(join(folder, OFFICIAL_FILE), 'This is not a model.');
    await expect(openOfficialDecoder(folder, 1)).rejects.toMatchObject({ error: { code: 'model-damaged' } });
  });

  it('that is another model is one error that lists all differences', async () => {
    const ids: TinyTensor = { name: 'input_ids', type: 'int64', shape: [1, 'n'] };
    const style: TinyTensor = { name: 'style', type: 'float32', shape: [1, 128] };
    const bytes = tinyOnnx({
      inputs: [ids, style],
      outputs: [{ ...style, name: 'waveform' }],
      nodes: [{ op: 'Identity', inputs: ['style'], outputs: ['waveform'] }],
    });
    await writeFile(join(folder, OFFICIAL_FILE), bytes);
    await expect(openOfficialDecoder(folder, 1)).rejects.toMatchObject({
      error: {
        code: 'model-mismatch',
        message: `${OFFICIAL_FILE} is not the Kokoro model: ${[
          'input "tokens" is missing',
          'input "style" has shape [1, 128], not [1, 256]',
          'input "speed" is missing',
          'input "input_ids" is not known',
          'output "audio" is missing',
        ].join('; ')}.`,
      },
    });
  });

  it('that fits but gives what is no sound fails the sentence, not the program', async () => {
    const speed: TinyTensor = { name: 'speed', type: 'float32', shape: [1] };
    const bytes = tinyOnnx({
      inputs: [
        { name: 'tokens', type: 'int64', shape: [1, 'n'] },
        { name: 'style', type: 'float32', shape: [1, 256] },
        speed,
      ],
      outputs: [{ ...speed, name: 'audio', shape: ['samples'] }],
      nodes: [
        { op: 'Sub', inputs: ['speed', 'speed'], outputs: ['zero'] },
        { op: 'Div', inputs: ['zero', 'zero'], outputs: ['audio'] },
      ],
    });
    await writeFile(join(folder, OFFICIAL_FILE), bytes);
    const decoder = await openOfficialDecoder(folder, 1);
    const utterance = { tokens: [1], style: new Float32Array(STYLE_WIDTH), styleSha256: '', speed: 1 };
    const first = decoder.decode(utterance, new AbortController().signal)[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ error: { code: 'synthesis-failed' } });
    await decoder.dispose();
  });
});
