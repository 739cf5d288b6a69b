/**
 * The speech service behind its control port: the same in Electron's utility process and in the command line's worker
 * thread, which differ only in how a port looks. Commands are carried out in order; each failure is reported once.
 */
import type { Channel } from '../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechCommand, SpeechControlReport } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { appError, err, ok, toAppError, unreachable, type AppError } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { EngineId } from '../common/voice.ts';
import type { TtsEngine } from './engine.ts';
import { isOutOfMemory } from './ep-failures.ts';
import { SpeechService, type OnSilence } from './speech-service.ts';

/** The port that came with a `port` command, as a channel of either kind. */
export interface ArrivedPort {
  readonly assistant: () => Channel<SpeechReport, SpeechRequest>;
  readonly player: () => Channel<PlayerInput, PlayerCredit>;
}

export interface SpeechHost {
  /** Carries out a command. `port` is the one that came with it, if one did. */
  handle(command: SpeechCommand, port: ArrivedPort | undefined): void;
  /** See {@link SpeechService.isIdle}. */
  readonly isIdle: boolean;
  /** Ends what is being said and frees the engine. Resolves when no run is under way any more. */
  end(): Promise<void>;
}

/** Starts the service and reports `ready`. `onSilence` hears before work that blocks the event loop. */
export function startSpeechHost(
  report: (report: SpeechControlReport) => void,
  createEngine: (id: EngineId) => TtsEngine,
  onSilence?: OnSilence,
): SpeechHost {
  const service = new SpeechService(onSilence);

  type LoadCommand = Extract<SpeechCommand, { type: 'engine.load' }>;

  /** The newest one: an earlier one, which may still fail, has nothing to say any more. */
  let newest: LoadCommand | undefined;

  const load = async (command: LoadCommand): Promise<void> => {
    newest = command;
    const begun = performance.now();
    try {
      const facts = await service.loadEngine(createEngine(command.engine), command, {
        onProgress: (progress) => report({ type: 'engine.progress', ...progress }),
        onEpGivenUp: (why) => {
          if (newest === command) loadOnProcessor(command, why);
        },
      });
      report({ type: 'engine.ready', facts, loadMs: performance.now() - begun });
    } catch (thrown) {
      // A provider that was asked for by name is not replaced without a word: its failure is told.
      if ((command.ep ?? 'auto') === 'auto' && isOutOfMemory(thrown) && newest === command)
        loadOnProcessor(command, toAppError(thrown, 'model'));
      else report({ type: 'engine.failed', error: toAppError(thrown, 'model') });
    }
  };

  const loadOnProcessor = (command: LoadCommand, why: AppError): void => {
    report({ type: 'ep.given-up', error: epGivenUp(why) });
    void load({ ...command, ep: 'cpu' });
  };

  const prepare = async ({ voice }: Extract<SpeechCommand, { type: 'voice.prepare' }>): Promise<void> => {
    try {
      await service.prepareVoice(voice);
    } catch (thrown) {
      report({ type: 'voice.failed', voiceId: voice.id, error: toAppError(thrown, 'voice') });
    }
  };

  const measure = async ({
    requestId,
    voice,
  }: Extract<SpeechCommand, { type: 'speed.measure' }>): Promise<void> => {
    try {
      report({ type: 'speed.measured', requestId, result: ok(await service.measureSpeed(voice)) });
    } catch (thrown) {
      report({ type: 'speed.measured', requestId, result: err(toAppError(thrown, 'speech')) });
    }
  };

  report({ type: 'ready' });
  return {
    get isIdle() {
      return service.isIdle;
    },
    end: () => service.dispose(),
    handle(command, port) {
      switch (command.type) {
        case 'engine.load':
          void load(command);
          return;
        case 'voice.prepare':
          void prepare(command);
          return;
        case 'speed.measure':
          void measure(command);
          return;
        case 'port':
          if (port === undefined) return;
          if (command.peer === 'assistant') service.connectAssistant(port.assistant());
          else service.connectPlayer(port.player());
          return;
        default:
          unreachable(command);
      }
    },
  };
}

function epGivenUp({ message }: AppError): AppError {
  return appError('ep-unusable', 'speech', FAILURES.ep.goesOnOnProcessor(message));
}
