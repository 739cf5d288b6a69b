"""Writes the calibration: the range of every channel around the generator's block convolutions.

usage: calibrate.py SPOKEN_FOLDER MODEL_SHA256

A range is a quantile, over the utterances, of the extremes of each: the extremes of all of them are set by the few
longest utterances, and leave too few steps to the rest (README.md, "Calibration"). Reads what speak.py kept and writes models/kokoro-82m/calibration.json.gz, in the format that
src/speech/engines/kokoro/prepare/calibration.ts describes.
"""
import gzip
import json
import pathlib
import sys

import numpy as np

from kokoro import BLOCKS, CONVOLUTIONS, TABLES, VOICES

QUANTILE = {'input': 0.9, 'output': 0.9}
CHANNELS = {f'{block}/convs{side}.{r}': n for block, n in BLOCKS for side in (1, 2) for r in range(3)}


def seen(folder):
    """For each convolution and side the range of each channel; and how many utterances it comes from."""
    ranges = np.concatenate([np.load(pathlib.Path(folder) / f'{voice}.npz')['ranges'] for voice in VOICES])
    result, at = {}, 0
    for name in CONVOLUTIONS:
        n = CHANNELS[name]
        result[name] = {}
        for side, quantile in QUANTILE.items():
            low, high = ranges[:, at:at + n], ranges[:, at + n:at + 2 * n]
            result[name][side] = {'min': np.quantile(low, 1 - quantile, 0), 'max': np.quantile(high, quantile, 0)}
            at += 2 * n
    if at != ranges.shape[1]:
        sys.exit(f'{ranges.shape[1]} range values an utterance; expected {at}')
    return result, len(ranges)


def main():
    folder, source = sys.argv[1:]
    ranges, utterances = seen(folder)
    short = lambda values: [float(f'{v:.5g}') for v in values]
    content = {
        'format': 'aloud-kokoro-calibration', 'version': 1, 'sourceSha256': source, 'voices': list(VOICES),
        'utterances': utterances, 'quantile': QUANTILE,
        'convolutions': {name: {side: {end: short(v) for end, v in ends.items()} for side, ends in sides.items()}
                         for name, sides in ranges.items()},
    }
    target = TABLES / 'calibration.json.gz'
    target.write_bytes(gzip.compress(json.dumps(content, separators=(',', ':')).encode(), 9, mtime=0))
    print(f'{utterances} utterances, {target.stat().st_size:,} bytes')


if __name__ == '__main__':
    main()
