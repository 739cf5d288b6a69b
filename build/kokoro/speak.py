"""Lets the model speak the training sentences in every voice and keeps what the other scripts learn from.

usage: speak.py FRONT.onnx GENERATOR_F32.onnx VOICES_FOLDER OUT_FOLDER

Writes OUT_FOLDER/<voice>.npz, one row an utterance: features (see predictor.py), stats (the generator's own 18,432
instance-norm statistics), frames, speed, sentence, set (0 trained on, 1 held out) and ranges (least and greatest value
of each channel of each block convolution's input and output). A voice whose file is there is not spoken again.
"""
import pathlib
import sys
import time

import numpy as np
import onnx
from onnx import TensorProto, helper

from kokoro import CONVOLUTIONS, STATS_WIDTH, VOICES, Model, phonemes, spoken_by
from predictor import features

SPEEDS = (1.0, 0.5, 1.25, 0.8, 2.0, 1.0, 0.65, 1.5, 0.9, 1.1, 1.75, 1.0)
TRAINED, TRAINED_LONG, LONG = 40, 2, 130  # utterances a voice; a sentence of more phonemes than LONG is a long one
HELD_OUT_EVERY = 9  # every ninth sentence, in order of length, is trained on by no voice and spoken by all
TENSORS = [f'{name}|{side}' for name in CONVOLUTIONS for side in ('input', 'output')]


def with_ranges(path):
    """The generator with two more outputs for every block convolution's input and output: least and greatest a channel."""
    model = onnx.load(path)
    graph = model.graph
    graph.initializer.append(helper.make_tensor('range_axis', TensorProto.INT64, [1], [2]))
    for name in CONVOLUTIONS:
        (node,) = [n for n in graph.node if n.op_type == 'Conv' and f'{name}/' in f'{n.name}/']
        for side, tensor in (('input', node.input[0]), ('output', node.output[0])):
            for op, end in (('ReduceMin', 'min'), ('ReduceMax', 'max')):
                out = f'{name}|{side}|{end}'
                graph.node.append(helper.make_node(op, [tensor, 'range_axis'], [out], keepdims=0))
                graph.output.append(helper.make_tensor_value_info(out, TensorProto.FLOAT, None))
    return model.SerializeToString()


def plan(voice):
    """(sentence number, speed, held out?) of each utterance. Every voice draws its own sentences, evenly over the lengths."""
    entries = phonemes('training')
    length = [len(entry['american']) for entry in entries]
    by_length = sorted(range(len(entries)), key=lambda i: length[i])
    held = by_length[HELD_OUT_EVERY // 2::HELD_OUT_EVERY]
    pool = [i for i in by_length if i not in held]
    random = np.random.default_rng(VOICES.index(voice))
    usual = np.array_split([i for i in pool if length[i] <= LONG], TRAINED)
    chosen = [int(random.choice(stratum)) for stratum in usual]
    chosen += random.choice([i for i in pool if length[i] > LONG], TRAINED_LONG, replace=False).tolist()
    first = int(random.integers(len(SPEEDS)))
    speed = [SPEEDS[(first + 5 * k) % len(SPEEDS)] for k in range(len(chosen) + len(held))]
    return [(i, s, k >= len(chosen)) for k, (i, s) in enumerate(zip(chosen + held, speed, strict=True))]


def speak(model, voice):
    rows = {key: [] for key in ('features', 'stats', 'frames', 'speed', 'sentence', 'set', 'ranges')}
    entries = phonemes('training')
    outputs = ['stats_out', *(f'{tensor}|{end}' for tensor in TENSORS for end in ('min', 'max'))]
    for i, speed, held in plan(voice):
        text = spoken_by(voice, entries[i])
        x, har, gb = model.prepare(voice, text, speed)
        stats, *ranges = model.generate(x, har, gb, outputs=outputs)
        rows['features'].append(features(x, har, model.style(voice, text)))
        rows['stats'].append(stats.reshape(STATS_WIDTH))
        rows['frames'].append(x.shape[2] // 2)
        rows['speed'].append(speed)
        rows['sentence'].append(i)
        rows['set'].append(int(held))
        rows['ranges'].append(np.concatenate([r.ravel() for r in ranges]))
    return {key: np.array(value) for key, value in rows.items()}


def main():
    front, generator, voices, out = sys.argv[1:]
    pathlib.Path(out).mkdir(parents=True, exist_ok=True)
    model = Model(front, with_ranges(generator), voices)
    for voice in VOICES:
        target = pathlib.Path(out) / f'{voice}.npz'
        if target.exists():
            continue
        began = time.time()
        rows = speak(model, voice)
        np.savez(target, **rows)
        print(f'{voice}: {len(rows["frames"])} utterances, {rows["frames"].sum() / 40:.0f} s of speech, '
              f'{time.time() - began:.0f} s', flush=True)


if __name__ == '__main__':
    main()
