"""The statistics predictor: from what the front gives, the generator's 18,432 instance-norm statistics.

The generator may run on a window of an utterance only if its 48 instance norms are told the statistics of the whole
utterance, which nobody knows before all of it is decoded. Its input x is known for the whole utterance, though, and the
statistics follow from it nearly linearly: one reduced-rank ridge regression, trained on utterances that the model spoke.

usage: predictor.py fit SPOKEN_FOLDER MODEL_SHA256   trains, prints the errors, writes the table and the golden vectors
       predictor.py check SPOKEN_FOLDER              prints the errors of the table that ships

README.md describes the table's format. `Predictor` below is its reference implementation.
"""
import itertools
import json
import pathlib
import struct
import sys

import numpy as np

from kokoro import PLACES, ROOT, STATS_WIDTH, TABLES, VOICES, sha256

TABLE = TABLES / 'statistics-predictor.bin'
GOLDEN = ROOT / 'src' / 'speech' / 'engines' / 'kokoro' / 'testing' / 'statistics-predictor-golden.json'
MAGIC = b'ALKP'
RANK = 96
RIDGES, STYLE_WEIGHTS, HAR_WEIGHTS = (0.01, 0.03, 0.1), (1.5, 3.0), (6.0, 12.0)
HAR, STYLE = slice(1024, 1068), slice(1069, 1325)  # places among the features
FOLDS = 5
LEAST_VARIANCE = 1e-9


def features(x, har, style):
    """What the predictor sees: time means of x (512), of x squared (512), of har (22) and of har squared (22), the
    logarithm of x's steps (1), the style (256)."""
    x, har = x[0].astype(np.float64), har[0].astype(np.float64)
    return np.concatenate([x.mean(1), (x**2).mean(1), har.mean(1), (har**2).mean(1), [np.log(x.shape[1])], style])


class Predictor:
    """Reads the table and predicts. The arithmetic is float64 here; float32 is enough."""

    def __init__(self, path=TABLE):
        data = pathlib.Path(path).read_bytes()
        magic, length = struct.unpack_from('<4sI', data)
        if magic != MAGIC:
            raise ValueError(f'{path} is no predictor table')
        self.header = json.loads(data[8:8 + length])
        for name, place in self.header['arrays'].items():
            kind = {'float16': '<f2', 'float32': '<f4'}[place['type']]
            count = int(np.prod(place['shape']))
            values = np.frombuffer(data, kind, count, 8 + length + place['offset'])
            setattr(self, name, values.reshape(place['shape']).astype(np.float64))

    def encoded(self, f):
        """Mean and log variance of every channel of every norm."""
        return self.base + ((f - self.featureMean) * self.featureScale) @ self.projection @ self.output

    def stats(self, f):
        """Mean and mean square of every channel of every norm: what the generator's input `stats` wants."""
        return decode(self.encoded(f))


def encode(stats):
    """Mean and mean square -> mean and log variance."""
    coded = np.array(stats, np.float64)
    for mean, second in PLACES:
        coded[..., second] = np.log(np.maximum(coded[..., second] - coded[..., mean] ** 2, LEAST_VARIANCE))
    return coded


def decode(coded):
    """Mean and log variance -> mean and mean square."""
    stats = np.array(coded, np.float64)
    for mean, second in PLACES:
        stats[..., second] = np.exp(stats[..., second]) + stats[..., mean] ** 2
    return stats


def unit_of_error(coded):
    """Weights that count errors of a mean in the channel's own deviations; log variances count as they are."""
    weight = np.ones(STATS_WIDTH)
    for mean, second in PLACES:
        weight[mean] = np.minimum(np.exp(-0.5 * np.median(coded[:, second], 0)), 1e3)
    return weight


def fit(f, coded, weight, ridge, style_weight, har_weight, rank=RANK):
    """Ridge regression in its dual form, then the first `rank` directions of the fitted values."""
    mean = f.mean(0)
    scale = 1 / (f.std(0) + 1e-3 * np.abs(mean) + 1e-6)
    scale[STYLE] *= style_weight
    scale[HAR] *= har_weight
    a, base = (f - mean) * scale, coded.mean(0)
    kernel = a @ a.T
    n = len(kernel)
    dual = np.linalg.solve(kernel + ridge * np.trace(kernel) / n * np.eye(n), (coded - base) * weight)
    fitted = kernel @ dual
    # left singular vectors by the small n x n Gram matrix; latent values get unit variance, so float16 suits both parts
    value, left = np.linalg.eigh(fitted @ fitted.T)
    left = left[:, ::-1][:, :rank]
    output = left.T @ fitted / np.sqrt(n)
    # latent = a @ projection with (a @ projection) @ output the projection of the fitted values on the kept directions
    projection = a.T @ (dual @ np.linalg.pinv(output))
    return {'featureMean': mean, 'featureScale': scale, 'projection': projection, 'output': output / weight, 'base': base}


def apply(table, f):
    return table['base'] + ((f - table['featureMean']) * table['featureScale']) @ table['projection'] @ table['output']


def errors(predicted, coded, weight):
    """Of each utterance: root mean square error of the means (in deviations) and of the log variances."""
    wrong = (predicted - coded) * weight
    root = lambda part: np.sqrt(np.mean([np.mean(wrong[:, place[part]] ** 2, 1) for place in PLACES], 0))
    return root(0), root(1)


def load(folder):
    rows = {voice: np.load(pathlib.Path(folder) / f'{voice}.npz') for voice in VOICES}
    join = lambda key: np.concatenate([rows[voice][key] for voice in VOICES])
    data = {key: join(key) for key in ('features', 'frames', 'speed', 'sentence', 'set')}
    data['coded'] = encode(join('stats'))
    data['voice'] = np.concatenate([[voice] * len(rows[voice]['set']) for voice in VOICES])
    return data


def choose(data):
    """Ridge and weights by cross-validation over sentences, on the trained utterances only."""
    train = data['set'] == 0
    f, coded, sentence = data['features'][train], data['coded'][train], data['sentence'][train]
    weight, fold = unit_of_error(coded), np.random.default_rng(0).permutation(sentence.max() + 1)[sentence] % FOLDS
    scored = []
    for choice in itertools.product(RIDGES, STYLE_WEIGHTS, HAR_WEIGHTS):
        wrong = []
        for k in range(FOLDS):
            table = fit(f[fold != k], coded[fold != k], weight, *choice)
            wrong.append(errors(apply(table, f[fold == k]), coded[fold == k], weight))
        means, variances = np.sqrt(np.mean(np.square(np.concatenate(wrong, 1)), 1))
        # a log variance off by e turns the norm's gain by e / 2
        scored.append((np.hypot(means, variances / 2), choice))
        print(f'  ridge {choice[0]}, style {choice[1]}, har {choice[2]}: {means:.4f} {variances:.4f}', flush=True)
    return min(scored)[1]


def write(table, data, source, choice):
    kinds = {'featureMean': 'float32', 'featureScale': 'float32', 'projection': 'float16', 'output': 'float16',
             'base': 'float32'}
    arrays, blob = {}, b''
    for name, kind in kinds.items():
        packed = table[name].astype({'float16': '<f2', 'float32': '<f4'}[kind])
        if not np.isfinite(packed).all():
            sys.exit(f'{name} does not fit into {kind}')
        arrays[name] = {'type': kind, 'shape': list(packed.shape), 'offset': len(blob)}
        blob += packed.tobytes()
    header = {
        'format': 'aloud-kokoro-statistics', 'version': 1, 'sourceSha256': source, 'voices': list(VOICES),
        'styleSha256': [sha256(ROOT / 'voices' / f'{voice}.bin') for voice in VOICES],
        'utterances': int((data['set'] == 0).sum()), 'rank': RANK,
        **dict(zip(('ridge', 'styleWeight', 'harWeight'), choice, strict=True)),
        'features': ['mean of x: 512', 'mean of x squared: 512', 'mean of har: 22', 'mean of har squared: 22',
                     'log of the steps of x: 1', 'style: 256'],
        'arrays': arrays,
    }
    text = json.dumps(header).encode()
    text += b' ' * (-(8 + len(text)) % 8)
    TABLE.write_bytes(struct.pack('<4sI', MAGIC, len(text)) + text + blob)
    print(f'{TABLE.relative_to(ROOT)}: {TABLE.stat().st_size:,} bytes')


def write_golden(data):
    """Features of three held-out utterances and every 61st statistic that the reference makes of them."""
    predictor, cases = Predictor(), []
    held = np.flatnonzero(data['set'] == 1)
    for at in held[[1, len(held) // 2, len(held) - 1]]:
        f = data['features'][at].astype(np.float32)
        stats = predictor.stats(f.astype(np.float64))
        cases.append({'voice': str(data['voice'][at]), 'features': [float(f'{v:.9g}') for v in f],
                      'stats': [float(f'{v:.7g}') for v in stats[::61]]})
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    lines = ',\n'.join(json.dumps(case) for case in cases)
    GOLDEN.write_text('{\n"every": 61,\n"cases": [\n' + lines + '\n]\n}\n', encoding='utf-8')


def report(data):
    """Prints the errors of the table that ships, on trained and on held-out sentences."""
    predictor, held = Predictor(), data['set'] == 1
    weight = unit_of_error(data['coded'][~held])
    means, variances = errors(predictor.encoded(data['features']), data['coded'], weight)

    def line(label, chosen):
        if chosen.any():
            print(f'| {label} | {chosen.sum()} | {np.sqrt(np.mean(means[chosen]**2)):.4f} | {means[chosen].max():.3f} '
                  f'| {np.sqrt(np.mean(variances[chosen]**2)):.4f} |')

    print('| utterances | n | means off by (deviations) | worst | log variances off by |\n|---|---|---|---|---|')
    line('trained', ~held)
    line('held out', held)
    for voice in VOICES:
        line(voice, held & (data['voice'] == voice))
    for speed in sorted(set(data['speed'])):
        line(f'speed {speed}', held & (data['speed'] == speed))
    for low, high in ((0, 40), (40, 60), (60, 80), (80, 120), (120, 200), (200, 400), (400, 10**6)):
        line(f'{low} to {high} frames', held & (data['frames'] >= low) & (data['frames'] < high))
    return means, variances


def main():
    command, folder, *rest = sys.argv[1:]
    data = load(folder)
    if command == 'fit':
        choice = choose(data)
        train = data['set'] == 0
        coded = data['coded'][train]
        table = fit(data['features'][train], coded, unit_of_error(coded), *choice)
        write(table, data, rest[0], choice)
        write_golden(data)
    elif command != 'check':
        sys.exit(__doc__)
    report(data)


if __name__ == '__main__':
    main()
