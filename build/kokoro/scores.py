"""Prints DNSMOS for folders of sounds that measure.py kept (an environment with `speechmos` and `librosa`).

usage: scores.py FOLDER...    one line a folder: mean P.835 overall, signal and P.808 score, and its paired difference
                              to the first folder with a 95 % interval

Every sound is first cut to what is louder than -45 dB of its peak, with 50 ms of edge, as silence moves such scores.
"""
import pathlib
import sys
import wave

import librosa
import numpy as np
from speechmos import dnsmos

EDGE, FLOOR, BLOCK = 0.05, 10 ** (-45 / 20), 240


def read(path):
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        sound = np.frombuffer(file.readframes(file.getnframes()), '<i2').astype(np.float32) / 32768
    loud = np.abs(sound[:len(sound) // BLOCK * BLOCK]).reshape(-1, BLOCK).max(1) > FLOOR * np.abs(sound).max()
    first, last = np.flatnonzero(loud)[[0, -1]] * BLOCK
    edge = np.zeros(round(EDGE * rate), np.float32)
    sound = np.concatenate([edge, sound[first:last + BLOCK], edge])
    return np.clip(librosa.resample(sound, orig_sr=rate, target_sr=16000), -1, 1)


def main():
    base = None
    for folder in map(pathlib.Path, sys.argv[1:]):
        scores = [dnsmos.run(read(p), 16000) for p in sorted(folder.glob('*.wav'))]
        table = np.array([[s['ovrl_mos'], s['sig_mos'], s['p808_mos']] for s in scores])
        base = table if base is None else base
        off = table - base
        half = 1.96 * off.std(0, ddof=1) / np.sqrt(len(off))
        print(folder.name, len(table), ' '.join(f'{m:.3f} ({d:+.3f} ± {h:.3f})'
              for m, d, h in zip(table.mean(0), off.mean(0), half, strict=True)), flush=True)


if __name__ == '__main__':
    main()
