/** The engines that this program has, by id. */
import { unreachable } from '../../common/result.ts';
import type { EngineId } from '../../common/voice.ts';
import type { TtsEngine } from '../engine.ts';
import { createHiggsEngine } from './higgs-audio/higgs-engine.ts';
import { createKokoroEngine } from './kokoro/kokoro-engine.ts';

/** Makes an engine that is not yet loaded. */
export function createEngine(id: EngineId): TtsEngine {
  switch (id) {
    case 'kokoro':
      return createKokoroEngine();
    case 'higgs-audio':
      return createHiggsEngine();
    default:
      return unreachable(id);
  }
}
