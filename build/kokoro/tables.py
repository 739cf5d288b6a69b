"""Prints tables in Markdown from what measure.py kept.

usage: tables.py MEASURED.json...    for each file: every way by voice, by length, by speed, and over all
"""
import json
import pathlib
import sys

import numpy as np

LENGTHS = (0, 40, 60, 80, 120, 200, 400, 100_000)


def groups(rows):
    yield 'all', rows
    for voice in sorted({row['voice'] for row in rows}):
        yield voice, [row for row in rows if row['voice'] == voice]
    for low, high in zip(LENGTHS, LENGTHS[1:], strict=False):
        yield f'{low} to {high} frames', [row for row in rows if low <= row['frames'] < high]
    for speed in sorted({row['speed'] for row in rows}):
        yield f'speed {speed}', [row for row in rows if row['speed'] == speed]


def cell(rows, way):
    snr, mel, level, spike = ([row['ways'][way][key] for row in rows] for key in ('snr', 'mel', 'level', 'spike'))
    seams = [s for s in spike if s is not None]
    text = f'{np.mean(snr):.1f} ({min(snr):.1f}) / {np.mean(mel):.2f} ({max(mel):.2f}) / {np.abs(level).max():.2f}'
    return text + (f' / {max(seams):.2f}' if seams else '')


def main():
    for path in map(pathlib.Path, sys.argv[1:]):
        rows = json.loads(path.read_text(encoding='utf-8'))
        ways = list(rows[0]['ways'])
        print(f'\n{path.name}: SNR dB, mean (least) / log-mel dB, mean (most) / level dB, most / seam spike, most\n')
        print('| utterances | n |', ' | '.join(ways), '|')
        print('|---|---|' + '---|' * len(ways))
        for label, chosen in groups(rows):
            if chosen:
                print(f'| {label} | {len(chosen)} |', ' | '.join(cell(chosen, way) for way in ways), '|')


if __name__ == '__main__':
    main()
