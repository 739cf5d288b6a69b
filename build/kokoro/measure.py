"""Compares ways of decoding the quality sentences with the whole utterance of the f32 generator.

usage: measure.py FRONT.onnx GENERATOR_F32.onnx VOICES_FOLDER OUT.json [--speeds] NAME=GENERATOR.onnx...

Each sentence is spoken by one of four voices, in turn, at speed 1; with --speeds the held-out training sentences are
spoken instead, by all nine voices, at the speeds of speak.py. For every generator named, the whole utterance
(statistics its own) and the windowed one (statistics predicted) are compared with the f32 generator's whole
utterance: SNR, log-mel distance, level difference, seam spikes, and the time each took. With --sounds FOLDER all
sounds are kept there as 16-bit WAV for listening and for scores.py. A run that was cut off goes on where OUT.json ends.
"""
import argparse
import json
import pathlib
import time
import wave

import numpy as np

import speak
from kokoro import SAMPLE_RATE, VOICES, Model, compare, phonemes, session, spoken_by
from predictor import Predictor, features

JUDGED = ('af_heart', 'am_michael', 'bf_emma', 'af_nicole')


def jobs(speeds):
    if speeds:
        return [(v, 'training', i, s) for v in VOICES for i, s, held in speak.plan(v) if held]
    return [(JUDGED[i % 4], 'quality', i, 1.0) for i in range(len(phonemes('quality')))]


def spike(sound, reference, seams):
    """The worst second difference within a seam, relative to the greatest natural one within 50 ms around it."""
    bend, natural = np.abs(np.diff(sound, 2)), np.abs(np.diff(reference, 2))
    worst = [bend[s - 4:s + 124].max() / (natural[max(0, s - 1200):s + 1200].max() + 1e-4) for s in seams]
    return float(max(worst)) if worst else None


def level(sound):
    return 10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-12)


def keep(folder, name, sound):
    folder.mkdir(parents=True, exist_ok=True)
    with wave.open(str(folder / f'{name}.wav'), 'wb') as out:
        out.setparams((1, 2, SAMPLE_RATE, 0, 'NONE', ''))
        out.writeframes((np.clip(sound, -1, 1) * 32767).round().astype('<i2').tobytes())


def judge(sound, reference, seams, took):
    snr, mel = compare(reference, sound)
    return {'snr': float(snr), 'mel': float(mel), 'level': float(level(sound) - level(reference)),
            'spike': spike(sound, reference, seams), 'seconds': took}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('front')
    parser.add_argument('f32')
    parser.add_argument('voices')
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--speeds', action='store_true')
    parser.add_argument('--sounds', type=pathlib.Path)
    parser.add_argument('generators', nargs='*')
    options = parser.parse_intermixed_args()
    model, predictor = Model(options.front, options.f32, options.voices), Predictor()
    reference = model.generator
    others = {name: session(path) for name, path in (g.split('=', 1) for g in options.generators)}
    rows = json.loads(options.out.read_text(encoding='utf-8')) if options.out.exists() else []
    for voice, group, i, speed in jobs(options.speeds)[len(rows):]:
        text = spoken_by(voice, phonemes(group)[i])
        x, har, gb = model.prepare(voice, text, speed)
        stats = predictor.stats(features(x, har, model.style(voice, text)))
        model.generator = reference
        began = time.perf_counter()
        (whole,) = model.generate(x, har, gb)
        row = {'voice': voice, 'sentence': i, 'speed': speed, 'frames': x.shape[2] // 2, 'ways': {},
               'f32': time.perf_counter() - began}
        if options.sounds:
            keep(options.sounds / 'f32 whole', f'{voice}-{i}', whole)
        for name, generator in others.items():
            model.generator = generator
            for way in ('whole', 'windowed'):
                began = time.perf_counter()
                sound, seams = (model.generate(x, har, gb)[0], []) if way == 'whole' else model.windowed(x, har, gb, stats)
                row['ways'][f'{name} {way}'] = judge(sound, whole, seams, time.perf_counter() - began)
                if options.sounds:
                    keep(options.sounds / f'{name} {way}', f'{voice}-{i}', sound)
        rows.append(row)
        options.out.write_text(json.dumps(rows))
    print(f'{len(rows)} utterances')


if __name__ == '__main__':
    main()
