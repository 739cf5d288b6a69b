#!/usr/bin/env python3
"""Export Higgs Audio v2 (Boson AI) to the ONNX graphs that Aloud speaks with.

    python export.py --llm bosonai/higgs-audio-v2-generation-3B-base \
        --codec bosonai/higgs-audio-v2-tokenizer --out ./higgs-v2-int4 --precision int4

Writes into --out:
    llm.onnx + llm.onnx_data            one graph for prefill and for single steps
    decode_block.onnx                   optional: n steps per run; shares llm.onnx_data (no second copy on disk)
    audio_tokenizer_encoder.onnx        waveform -> codes (reference voice)
    audio_tokenizer_decoder.onnx        codes -> waveform
    tokenizer.json, model.json

Precisions of the language model (codec graphs are always float32):
    fp32   weights, activations, KV cache float32
    fp16   weights, activations, KV cache float16 (for GPUs)
    int4   decoder-layer matrices as MatMulNBits (4 bit, symmetric, block 32); activations and KV float32 (for CPUs),
           or float16 with --int4-activations fp16 (for GPUs); embedding tables stored float16; audio head not quantised

WHAT HAS AND HAS NOT BEEN RUN.  All of this was run end to end, in all precisions, on TINY RANDOM-WEIGHT models of the same
architecture (test_export.py does it again).  It has NOT been run on the real
5.8 B parameter checkpoint: that needs roughly 30 GB of RAM for int4/fp16 (60 GB for fp32) and about twice the
output size of free disk.  Unknown there: float16 overflow (the model was trained in bfloat16), quality loss of int4, and
run time of tracing.  Check a real export by comparing audio_logits with the Hugging Face model on the same prompt
(--check does that for one short prompt) and by listening.

The repository ids must resolve to checkpoints in the Hugging Face transformers layout (classes
HiggsAudioV2ForConditionalGeneration / HiggsAudioV2TokenizerModel, transformers >= 5.3).  If a repository holds Boson's own
layout instead, convert it first with transformers' convert script for higgs_audio_v2.  The script stops if any weight is
missing, instead of exporting random numbers.

Needs: torch, transformers >= 5.3, onnx, numpy; onnxruntime for --check; torchaudio for the codec class (see codec.py).
"""

import argparse
import os
import re

import torch

from checks import check_block, check_export
from codec import export_codec, import_torchaudio
from decode_block import build_decode_block
from language_model import export_llm, prepare_precision
from manifest import LICENCE, SPECIALS, write_model_json


def load_strict(cls, source, allow="text_lm_head", **kw):
    model, info = cls.from_pretrained(source, output_loading_info=True, **kw)
    bad = [k for k in list(info["missing_keys"]) + [str(k) for k in info.get("mismatched_keys", [])] if not re.search(allow, k)]
    if bad:
        raise SystemExit(f"{source}: {len(bad)} weights are missing or of another shape (first: {bad[:5]}). Is it in the transformers layout?")
    return model.eval()


def licence_of(a):
    return LICENCE if a.licence is None else {"name": a.licence, "useClauses": a.use_clause}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--llm", required=True, help="repository id or directory of the language model")
    ap.add_argument("--codec", required=True, help="repository id or directory of the audio tokenizer")
    ap.add_argument("--tokenizer", help="text tokenizer (default: the same as --llm)")
    ap.add_argument("--out", required=True)
    ap.add_argument("--precision", choices=("fp32", "fp16", "int4"), default="int4")
    ap.add_argument("--int4-activations", choices=("fp32", "fp16"), default="fp32")
    ap.add_argument("--block-size", type=int, default=32)
    ap.add_argument("--accuracy-level", type=int, help="MatMulNBits: 0/1 float, 4 int8 arithmetic (fast on CPUs). Default 4 with float32 activations, 0 with float16")
    ap.add_argument("--allow-missing", default="text_lm_head", help="regular expression of weight names that may be missing")
    ap.add_argument("--licence", help="name of the checkpoint's licence, if it is not Boson's own")
    ap.add_argument("--use-clause", action="append", default=[], help="with --licence: what it asks of a user, one sentence; may be repeated")
    ap.add_argument("--no-decode-block", action="store_true")
    ap.add_argument("--check", action="store_true", help="reload the original model and compare logits (needs the memory again)")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    import_torchaudio()
    from transformers import AutoTokenizer, HiggsAudioV2ForConditionalGeneration, HiggsAudioV2TokenizerModel
    model = load_strict(HiggsAudioV2ForConditionalGeneration, a.llm, a.allow_missing, dtype="auto")
    cfg = model.config
    if cfg.codebook_size <= cfg.audio_stream_eos_id:
        raise SystemExit("config.codebook_size must include the BOS and EOS codes (1026 for the real model)")
    dtype = prepare_precision(model, a.precision, a.int4_activations, a.block_size, a.accuracy_level)
    llm = export_llm(model, a.out, dtype)
    if not a.no_decode_block:
        build_decode_block(llm, os.path.join(a.out, "decode_block.onnx"), cfg.audio_stream_bos_id, cfg.audio_stream_eos_id, cfg.audio_token_id)
    del model
    codec = load_strict(HiggsAudioV2TokenizerModel, a.codec, a.allow_missing, dtype=torch.float32)
    export_codec(codec, a.out)
    tok = AutoTokenizer.from_pretrained(a.tokenizer or a.llm)
    tok.backend_tokenizer.save(os.path.join(a.out, "tokenizer.json"))
    ids = {k: tok.convert_tokens_to_ids(v) for k, v in SPECIALS.items()}
    if None in ids.values() or ids["audioOut"] != cfg.audio_token_id or ids["audioOutBos"] != cfg.audio_bos_token_id:
        raise SystemExit(f"special tokens of tokenizer and model disagree: {ids} / {cfg.audio_token_id}, {cfg.audio_bos_token_id}")
    write_model_json(a.out, os.path.basename(os.path.abspath(a.out)), cfg, codec.config, ids, dtype, not a.no_decode_block,
                     licence_of(a))
    if a.check:
        ref = load_strict(HiggsAudioV2ForConditionalGeneration, a.llm, a.allow_missing, dtype=torch.float32)
        diff, std = check_export(ref, a.out, cfg)
        if not a.no_decode_block:
            same, n = check_block(a.out, cfg, [ids["beginOfText"], ids["startHeader"], 100, 101, ids["eot"], ids["audioOutBos"]])
            print(f"check: decode_block equals stepping over {n} columns: {same}")
        print(f"check: max |logit difference| {diff:.3g} (reference logits have standard deviation {std:.3g})")
    for f in sorted(os.listdir(a.out)):
        print(f"{os.path.getsize(os.path.join(a.out, f)) / 1e6:10.2f} MB  {f}")


if __name__ == "__main__":
    main()
