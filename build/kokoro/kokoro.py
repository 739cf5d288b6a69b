"""What the scripts of this folder share: voices, the generator's layout, running the two graphs, comparing sounds.

The layout is that of src/speech/engines/kokoro/prepare/generator-layout.ts; both say the same about one graph.
"""
import hashlib
import json
import pathlib

import numpy as np
import onnxruntime

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TABLES = ROOT / 'models' / 'kokoro-82m'
SAMPLE_RATE = 24000
FRAME = 600  # samples of sound in one frame; 2 steps of x, 120 steps of har
VOICES = ('af_bella', 'af_heart', 'af_nicole', 'af_sarah', 'am_fenrir', 'am_michael', 'am_puck', 'bf_emma', 'bm_george')

# (name, channels) of the residual blocks, in the order in which `stats` and `gb` hold their norms
BLOCKS = [('noise_res.0', 256), ('noise_res.1', 128)] + [(f'resblocks.{i}', 256 if i < 3 else 128) for i in range(6)]
NORM_CHANNELS = [channels for _, channels in BLOCKS for _ in range(6)]
STATS_WIDTH = 2 * sum(NORM_CHANNELS)
CONVOLUTIONS = [f'{block}/convs{side}.{round_}' for block, _ in BLOCKS for round_ in range(3) for side in (1, 2)]

# slices of the stats vector: for each norm its means, then its mean squares (or, in the predictor, its log variances)
PLACES = []
for _channels in NORM_CHANNELS:
    _at = PLACES[-1][1].stop if PLACES else 0
    PLACES.append((slice(_at, _at + _channels), slice(_at + _channels, _at + 2 * _channels)))


def sha256(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def session(path_or_bytes, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path_or_bytes, options, providers=['CPUExecutionProvider'])


def phonemes(group):
    """The entries of one group of phonemes.json: 'training' or 'quality'."""
    return json.loads((HERE / 'phonemes.json').read_text(encoding='utf-8'))[group]


def spoken_by(voice, entry):
    """The phonemes of a sentence in the voice's accent: voices named b… are British."""
    return entry['british' if voice.startswith('b') else 'american']


class Model:
    """Kokoro as two graphs. `generator` may be a path or the bytes of a changed graph."""

    def __init__(self, front, generator, voices, threads=1):
        vocab = json.loads((TABLES / 'vocab.json').read_text(encoding='utf-8'))
        self.vocab = vocab.get('vocab', vocab)
        self.front = session(str(front), threads)
        self.generator = session(generator if isinstance(generator, bytes) else str(generator), threads)
        self.styles = {v: np.fromfile(pathlib.Path(voices) / f'{v}.bin', '<f4').reshape(-1, 256) for v in VOICES}

    def style(self, voice, phonemes_):
        """The voice's style row for an utterance of this many phonemes (row n - 1 for n phonemes, 510 at most)."""
        table = self.styles[voice]
        return table[min(max(len(phonemes_) - 1, 0), len(table) - 1)]

    def prepare(self, voice, phonemes_, speed):
        """Runs the front: x [1, 512, 2T], har [1, 22, 120T + 1] and gb [1, 18432]."""
        ids = [0, *(self.vocab[c] for c in phonemes_), 0]
        feed = {
            'tokens': np.array([ids], np.int64),
            'style': self.style(voice, phonemes_)[None],
            'speed': np.array([speed], np.float32),
        }
        return self.front.run(['x', 'har', 'gb'], feed)

    def generate(self, x, har, gb, stats=None, outputs=('audio',)):
        """Runs the generator with its own statistics, or with given ones."""
        feed = {
            'x': np.ascontiguousarray(x),
            'har': np.ascontiguousarray(har),
            'gb': gb,
            'stats': np.zeros(STATS_WIDTH, np.float32) if stats is None else stats.astype(np.float32),
            'mix': np.full(len(NORM_CHANNELS), 0 if stats is None else 1, np.float32),
            'spans': np.array([0, x.shape[2] // 2] * 2, np.int64),
            'measured': np.array([2**31 if stats is None else 1], np.int64),
        }
        return self.generator.run(list(outputs), feed)

    def windowed(self, x, har, gb, stats, first=12, then=40, context=8, fade=120):
        """Decodes in windows as the engine does: [begin, end) with `context` frames on both sides, seams cross-faded."""
        frames = x.shape[2] // 2
        out, begin, tail, seams = np.zeros(frames * FRAME, np.float32), 0, None, []
        while begin < frames:
            size = then if begin else first
            end = frames if frames - begin - size < size / 2 else begin + size
            left, right = max(0, begin - context), min(frames, end + context)
            (sound,) = self.generate(x[:, :, 2 * left:2 * right], har[:, :, 120 * left:120 * right + 1], gb, stats)
            sound = sound[(begin - left) * FRAME:]
            part = sound[:(end - begin) * FRAME].copy()
            if tail is not None:
                seams.append(begin * FRAME)
                n = min(fade, len(tail), len(part))
                ramp = (np.arange(n) + 0.5) / n
                part[:n] = tail[:n] * (1 - ramp) + part[:n] * ramp
            out[begin * FRAME:end * FRAME] = part
            tail = sound[(end - begin) * FRAME:]
            begin = end
        return out, seams


def log_mel(sound, size=1024, hop=256, bands=80):
    """Mel magnitudes in dB (floor 1e-4 before the logarithm), [time, bands]."""
    sound = np.pad(sound.astype(np.float64), size // 2)
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop] * np.hanning(size)
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + SAMPLE_RATE / 2 / 700), bands + 2) / 2595) - 1)
    at = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)[None]
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    bank = np.maximum(0, np.minimum((at - low) / (mid - low), (high - at) / (high - mid)))
    return 20 * np.log10(np.abs(np.fft.rfft(frames, axis=1)) @ bank.T + 1e-4)


def compare(reference, sound):
    """(SNR in dB, mean absolute difference of the log-mel spectra in dB)."""
    a, b = reference.astype(np.float64), sound.astype(np.float64)
    snr = 10 * np.log10((a**2).sum() / (((a - b) ** 2).sum() + 1e-20))
    return snr, np.abs(log_mel(a) - log_mel(b)).mean()
