import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { NO_ONNX_TELEMETRY } from '../common/onnx-telemetry.ts';
import { tinyOnnx } from './testing/tiny-onnx.ts';

/** What would be left behind: a device id and reports that wait to be sent. */
const LOAD_AND_WAIT = `
  const { InferenceSession } = require('onnxruntime-node');
  InferenceSession.create(process.argv[1]).then((session) => session.release()).then(() => setTimeout(() => {}, 300));
`;

it('ONNX Runtime keeps no reports of its use, and so has none to send', async () => {
  const home = await mkdtemp(join(tmpdir(), 'aloud-home-'));
  try {
    const tensor = { type: 'float32', shape: [1] } as const;
    const model = tinyOnnx({
      inputs: [{ name: 'a', ...tensor }],
      outputs: [{ name: 'b', ...tensor }],
      nodes: [{ op: 'Identity', inputs: ['a'], outputs: ['b'] }],
    });
    await writeFile(join(home, 'model.onnx'), model);
    // Without CI, which silences it too.
    const env = { PATH: process.env['PATH'], HOME: home, ...NO_ONNX_TELEMETRY };
    await promisify(execFile)(process.execPath, ['-e', LOAD_AND_WAIT, join(home, 'model.onnx')], { env });
    expect(await readdir(home, { recursive: true })).toEqual(['model.onnx']);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
