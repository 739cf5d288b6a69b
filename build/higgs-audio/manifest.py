"""`model.json`: what the engine reads of an exported model (src/common/higgs-model.ts holds the schema)."""

import hashlib
import json
import os

SPECIALS = {"beginOfText": "<|begin_of_text|>", "endOfText": "<|end_of_text|>", "startHeader": "<|start_header_id|>", "endHeader": "<|end_header_id|>",
            "eom": "<|eom_id|>", "eot": "<|eot_id|>", "audioBos": "<|audio_bos|>", "audioEos": "<|audio_eos|>", "audioOutBos": "<|audio_out_bos|>",
            "audioIn": "<|AUDIO|>", "audioOut": "<|AUDIO_OUT|>", "audioDelay": "<|reserved_special_token_6|>"}


# What the licence of Boson's checkpoint asks, as far as its publishers have said it in public (discussion 8 of the repository
# bosonai/higgs-audio-v2-tokenizer). The whole text lies beside the checkpoint.
LICENCE = {
    "name": "Boson Higgs Audio 2 Community License",
    "useClauses": [
        "Read the whole licence that lies beside the checkpoint before you use the model or its sound.",
        "With more than 100,000 annual active users of your products or services you must ask Boson AI for an expanded licence.",
    ],
}


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def write_model_json(out_dir, name, cfg, codec_cfg, ids, dtype, has_block, licence, sampling_max=1024):
    manifest = {
        "schema": 1, "name": name, "engine": "higgs-audio", "sampleRate": codec_cfg.sample_rate, "licence": licence,
        "files": {"llm": "llm.onnx", **({"decodeBlock": "decode_block.onnx"} if has_block else {}), "codecEncoder": "audio_tokenizer_encoder.onnx",
                  "codecDecoder": "audio_tokenizer_decoder.onnx", "tokenizer": "tokenizer.json"},
        "arch": {"layers": cfg.num_hidden_layers, "hidden": cfg.hidden_size, "heads": cfg.num_attention_heads, "kvHeads": cfg.num_key_value_heads,
                 "headDim": cfg.head_dim, "vocab": cfg.vocab_size, "kvDtype": str(dtype).split(".")[1]},
        "audio": {"codebooks": cfg.num_codebooks, "codebookSize": cfg.codebook_size, "bos": cfg.audio_stream_bos_id, "eos": cfg.audio_stream_eos_id,
                  "delay": "linear", "frameRate": codec_cfg.sample_rate // codec_cfg.hop_length, "hop": codec_cfg.hop_length},
        "prompt": {"template": "higgs-v2", "system": None, "ids": ids},
        "sampling": {"temperature": 0.7, "topP": 0.95, "topK": 50, "rasWindow": 7, "rasMaxRepeat": 2, "maxFrames": sampling_max},
        "stream": {"schedule": [4, 8, 16, 20], "left": 10, "right": 10, "firstRight": 4, "tailRepeat": 10, "fadeSamples": 480},
        "limits": {"maxPositions": cfg.max_position_embeddings},
    }
    manifest["sha256"] = {name: sha256(os.path.join(out_dir, name)) for name in sorted(os.listdir(out_dir)) if name != "model.json"}
    with open(os.path.join(out_dir, "model.json"), "w") as f:
        json.dump(manifest, f, indent=1)
        f.write("\n")
    return manifest
