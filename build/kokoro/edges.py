"""Measures where an utterance's sound begins and ends, by the engine's own measure of sound, against the durations of its
first and last tokens. What the engine leaves undecoded at both edges (src/speech/engines/kokoro/utterance-span.ts) follows from it.

usage: edges.py FRONT.onnx GENERATOR_F32.onnx VOICES_FOLDER OUT.json

All voices say the quality sentences or beginnings of them, with and without marks at the end, at speeds 0.5 to 2. The f32
generator decodes both edges of each with predicted statistics; some are decoded whole as well, with their own.
"""
import json
import pathlib
import sys

import numpy as np

from kokoro import FRAME, VOICES, Model, phonemes, spoken_by
from predictor import Predictor, features

SPEEDS = (1.0, 0.5, 1.0, 2.0, 1.0, 0.75, 1.5, 0.6, 0.9, 0.7, 0.8)
ENDS = (None, '', ',', None, '…', '?', '—', ':', '!', '."')  # None: as the sentence ends
PARTS = (1, 0.3, 0.6)
PIECE, SOUND_RMS = 120, 0.001  # 5 ms; both as in src/speech/trim.ts
MARKS = ';:,.!?—…"()“” '


def spoken(text, n):
    """A sentence's phonemes, or a beginning of them up to a word's end, with one end or another."""
    words = text.split(' ')
    part = ' '.join(words[:max(1, round(len(words) * PARTS[n % len(PARTS)]))])
    end = ENDS[n % len(ENDS)]
    return text if len(part) == len(text) and end is None else part.rstrip(MARKS) + (end or '')


def loud_pieces(sound):
    """Numbers of the pieces with sound."""
    pieces = sound[:len(sound) // PIECE * PIECE].reshape(-1, PIECE).astype(np.float64)
    return np.flatnonzero(np.sqrt((pieces**2).mean(axis=1)) >= SOUND_RMS)


def first_sound(sound):
    """Samples before the first piece with sound; all when there is none."""
    loud = loud_pieces(sound)
    return len(sound) if len(loud) == 0 else loud[0] * PIECE


def last_sound(sound):
    """Samples up to the end of the last piece with sound; 0 when there is none."""
    loud = loud_pieces(sound)
    return 0 if len(loud) == 0 else (loud[-1] + 1) * PIECE


def main():
    front, generator, voices, out = sys.argv[1:]
    model, predictor = Model(front, generator, voices), Predictor()
    rows = []
    for v, voice in enumerate(VOICES):
        for i, entry in enumerate(phonemes('quality')):
            n = i + 3 * v
            text, speed = spoken(spoken_by(voice, entry), n), SPEEDS[n % len(SPEEDS)]
            style = model.style(voice, text)
            ids = [0, *(model.vocab[c] for c in text), 0]
            feed = {'tokens': np.array([ids], np.int64), 'style': style[None], 'speed': np.array([speed], np.float32)}
            x, har, gb, durations = model.front.run(['x', 'har', 'gb', 'durations'], feed)
            frames, durations = x.shape[2] // 2, durations.ravel().tolist()
            stats = predictor.stats(features(x, har, style))
            right = min(frames, durations[0] + 30)
            (beginning,) = model.generate(x[:, :, :2 * right], har[:, :, :120 * right + 1], gb, stats)
            left = max(0, frames - 12 - round(28 / speed))
            (sound,) = model.generate(x[:, :, 2 * left:], har[:, :, 120 * left:], gb, stats)
            # frames by which it begins before the first token after the pad, and frames of silence at the end
            row = {'begins': durations[0] - first_sound(beginning) / FRAME, 'voice': voice, 'speed': speed, 'end': text[-6:], 'tokens': len(text), 'frames': frames,
                   'decoded': frames - left, 'durations': durations[-7:], 'silence': frames - left - last_sound(sound) / FRAME}
            if len(rows) % 20 == 0 or frames < 50:
                (whole,) = model.generate(x, har, gb)
                row['whole'] = frames - last_sound(whole) / FRAME
            rows.append(row)
        own = [r['silence'] for r in rows if r['voice'] == voice]
        print(f'{voice}: {min(own):.1f} to {max(own):.1f} frames of silence at the end', flush=True)
        pathlib.Path(out).write_text(json.dumps(rows), encoding='utf-8')
    for speed in sorted(set(SPEEDS)):
        own = sorted(r['begins'] for r in rows if r['speed'] == speed)
        print(f'speed {speed}: begins {own[len(own) // 2]:.1f} frames before its first token, {own[-1]:.1f} at most')


if __name__ == '__main__':
    main()
