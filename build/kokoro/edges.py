"""The edge levels: how loud each frame at an utterance's edges will be, from what the front gives, so that the silence there need
not be decoded.

The generator's input x is known for every frame before any is decoded, and the level of a frame follows from its two steps of x
nearly linearly: one ridge regression, trained on utterances that the model spoke.

usage: edges.py speak FRONT.onnx GENERATOR_F32.onnx VOICES_FOLDER OUT.npz [VOICE…]   speaks and measures
       edges.py fit IN.npz…                      trains, prints what the rule leaves out and decodes in vain, writes the table
       edges.py check IN.npz…                    prints the same for the table that ships

README.md describes the table.
"""
import json
import pathlib
import random
import sys

import numpy as np

from kokoro import FRAME, TABLES, VOICES, Model, phonemes, spoken_by
from predictor import Predictor, features

TABLE = TABLES / 'edge-levels.json'
UTTERANCES = {'training': 60, 'quality': 25}  # of each voice
WORDS = (1, 2, 3, 4, 6, 9)
SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.25, 1.5, 2.0)
ENDS = ('.', '.', '.', ',', '!', '?', '', '…', ':', '—', '."')
MARKS = ';:,.!?—…"()“” '
LEAST_FRAMES = 50  # shorter utterances are decoded whole
PIECE, SOUND_DB = 120, -60.0  # 5 ms; both as in src/speech/trim.ts
LOW_DB, HIGH_DB = -85.0, -35.0  # beyond, a level tells nothing about an edge
RIDGE = 1000.0
# as in src/speech/engines/kokoro/utterance-span.ts
SOUNDS_FROM_DB, FRAMES_BEFORE, FRAMES_AFTER, LONGEST_GAP = -64.0, 2, 3, 2


def levels(sound):
    """The level of each frame of a sound, dB: of the loudest of its pieces."""
    pieces = sound[:len(sound) // FRAME * FRAME].reshape(-1, FRAME // PIECE, PIECE).astype(np.float64)
    return 10 * np.log10((pieces**2).mean(axis=2).max(axis=1) + 1e-10)


def frames_of(x):
    """x [1, 512, 2T] as one row of 1024 numbers for each frame."""
    return x[0].reshape(512, -1, 2).transpose(1, 2, 0).reshape(-1, 1024)


def speak(front, generator, voices, out, *names):
    model, predictor = Model(front, generator, voices), Predictor()
    rows, edges = [], {}
    for voice in names or VOICES:
        rng = random.Random(voice)
        for group, count in UTTERANCES.items():
            done = 0
            while done < count:
                words = spoken_by(voice, rng.choice(phonemes(group))).split(' ')
                start, speed = rng.randrange(len(words)), rng.choice(SPEEDS)
                text = ' '.join(words[start:start + rng.choice(WORDS)]).strip(MARKS) + rng.choice(ENDS)
                style = model.style(voice, text)
                ids = [0, *(model.vocab[c] for c in text), 0]
                feed = {'tokens': np.array([ids], np.int64), 'style': style[None], 'speed': np.array([speed], np.float32)}
                x, har, gb, durations = model.front.run(['x', 'har', 'gb', 'durations'], feed)
                frames, durations = x.shape[2] // 2, durations.ravel().tolist()
                if frames < LEAST_FRAMES:
                    continue
                stats = predictor.stats(features(x, har, style))
                right = min(frames, durations[0] + 14)
                (beginning,) = model.generate(x[:, :, :2 * right], har[:, :, :120 * right + 1], gb, stats)
                left = max(0, frames - 12 - round(36 / speed))
                (end,) = model.generate(x[:, :, 2 * left:], har[:, :, 120 * left:], gb, stats)
                n, begin, last = len(rows), right - 8, left + 8  # what lies nearer the cut is not quite the whole's
                edges[f'begin{n}'] = frames_of(x)[:begin].astype(np.float16)
                edges[f'begin_db{n}'] = levels(beginning)[:begin]
                edges[f'end{n}'] = frames_of(x)[last:].astype(np.float16)
                edges[f'end_db{n}'] = levels(end)[8:]
                rows.append({'voice': voice, 'group': group, 'text': text, 'speed': speed, 'frames': frames, 'durations': durations})
                done += 1
        print(voice, len(rows), flush=True)
        np.savez_compressed(out, rows=json.dumps(rows), **edges)


def load(paths):
    """All utterances of some files, each with the frames and levels of both edges; those of an end run backwards, from the last."""
    rows = []
    for path in paths:
        data = np.load(path)
        for n, row in enumerate(json.loads(str(data['rows']))):
            for edge, step in (('begin', 1), ('end', -1)):
                row[edge] = data[f'{edge}{n}'].astype(np.float64)[::step], data[f'{edge}_db{n}'][::step]
            rows.append(row)
    return rows


def fit(rows):
    """(weights, bias) of a frame's level in dB."""
    x = np.concatenate([row[edge][0] for row in rows for edge in ('begin', 'end')])
    y = np.clip(np.concatenate([row[edge][1] for row in rows for edge in ('begin', 'end')]), LOW_DB, HIGH_DB)
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / scale
    weights = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ (y - y.mean())) / scale
    return weights, y.mean() - mean @ weights


def decoded_from(row, edge, loud):
    """Frames that the rule leaves out at an edge, of those that are expected to sound."""
    if edge == 'end':
        return max(0, first(loud) - FRAMES_AFTER)
    at = row['durations'][0]
    while at < len(loud) and not loud[at]:
        at += 1
    while (before := np.flatnonzero(loud[max(0, at - 1 - LONGEST_GAP):at])).size:
        at = max(0, at - 1 - LONGEST_GAP) + int(before[0])
    return max(0, at - FRAMES_BEFORE)


def first(loud):
    """How many frames lie before the first loud one; all when there is none."""
    at = np.flatnonzero(loud)
    return len(loud) if len(at) == 0 else int(at[0])


def judge(rows, table):
    """For each edge of each row: frames with sound that are left out, frames of silence that are decoded, the loudest left out."""
    weights, bias = table
    found = []
    for row in rows:
        for edge in ('begin', 'end'):
            x, db = row[edge]
            left_out = decoded_from(row, edge, x @ weights + bias >= SOUNDS_FROM_DB)
            loudest = db[:left_out].max(initial=LOW_DB)
            found.append({'edge': edge, 'spare': first(db >= SOUND_DB) - left_out, 'loudest': loudest, 'speed': row['speed'], 'voice': row['voice'], 'text': row['text']})
    return found


def tell(found, title):
    for edge in ('begin', 'end'):
        for name, chosen in (('below 0.7', lambda s: s < 0.7), ('0.7 to 0.9', lambda s: 0.7 <= s < 1), ('from 1 on', lambda s: s >= 1)):
            own = [f for f in found if f['edge'] == edge and chosen(f['speed'])]
            spare = sorted(f['spare'] for f in own)
            late = [f for f in own if f['spare'] < 0]
            print(f'{title}, {edge}, speeds {name}: {len(own)}; silent frames decoded {np.mean(spare):.1f} on average (quantiles 0, 0.1, 0.5, 0.9, 1: '
                  + ', '.join(str(spare[int(q * (len(spare) - 1))]) for q in (0, 0.1, 0.5, 0.9, 1))
                  + f'); sound left out in {len(late)}, loudest {max((f["loudest"] for f in own)):.0f} dB')


def main():
    command, *arguments = sys.argv[1:]
    if command == 'speak':
        return speak(*arguments)
    rows = load(arguments)
    training, quality = ([row for row in rows if row['group'] == group] for group in UTTERANCES)
    if command == 'check':
        table = json.loads(TABLE.read_text(encoding='utf-8'))
        return tell(judge(quality, (np.array(table['weights']), table['bias'])), 'quality sentences')
    unseen = []
    for voice in VOICES:
        others = fit([row for row in training if row['voice'] != voice])
        unseen += judge([row for row in quality if row['voice'] == voice], others)
    tell(unseen, 'quality sentences, voice not learnt from')
    weights, bias = fit(training)
    tell(judge(quality, (weights, bias)), 'quality sentences')
    return TABLE.write_text(json.dumps({'weights': [float(f'{w:.6g}') for w in weights], 'bias': round(float(bias), 4)}) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
