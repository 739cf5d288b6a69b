"""A checkpoint of the real architecture with tiny dimensions and random weights, in the Hugging Face layout."""

import os

import torch

from codec import import_torchaudio

import_torchaudio()
from transformers import (  # noqa: E402
    HiggsAudioV2Config,
    HiggsAudioV2ForConditionalGeneration,
    HiggsAudioV2TokenizerConfig,
    HiggsAudioV2TokenizerModel,
    PreTrainedTokenizerFast,
)

SPECIAL_TOKENS = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|audio_bos|>",
                  "<|audio_eos|>", "<|audio_out_bos|>", "<|reserved_special_token_6|>", "<|AUDIO|>", "<|AUDIO_OUT|>"]

TINY = {
    "seed": 11,
    "vocab": {"size": 340, "first_special": 320, "specials": SPECIAL_TOKENS},
    "llm": {"hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 12,
            "max_position_embeddings": 1024},
    "head_std": 0.3,
    "codes": 32,
    "codec": {"encoder_hidden": 2, "decoder_hidden": 32, "acoustic_hidden": 16, "codebook_dim": 8, "semantic_hidden": 24, "semantic_layers": 2,
              "semantic_heads": 2, "semantic_ffn": 40, "semantic_conv": 16},
}

TEXT = ["The old captain sings at dawn.", "user\n\n", "assistant\n\n", "A river turns in the rain, and the engine waits!"]


def build_text_tokenizer(c, path):
    """Byte-level BPE in the structure of Llama 3's tokenizer.json, with its split pattern."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    pattern = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    tok = Tokenizer(models.BPE(ignore_merges=True))
    tok.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), behavior="isolated"),
                                                 pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tok.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=c["vocab"]["first_special"], initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                  special_tokens=[], show_progress=False)
    tok.train_from_iterator(TEXT * 1000, trainer)
    tok.add_special_tokens([AddedToken(s, special=True, normalized=False) for s in c["vocab"]["specials"]])
    tok.save(path)
    return tok


def build_llm(c, tok):
    torch.manual_seed(c["seed"])
    C, tid = c["codes"] + 2, tok.token_to_id
    cfg = HiggsAudioV2Config(vocab_size=c["vocab"]["size"], num_codebooks=8, codebook_size=C, audio_stream_bos_id=C - 2, audio_stream_eos_id=C - 1,
        audio_token_id=tid("<|AUDIO_OUT|>"), audio_bos_token_id=tid("<|audio_out_bos|>"), audio_delay_token_id=tid("<|reserved_special_token_6|>"),
        pad_token_id=tid("<|end_of_text|>"), bos_token_id=tid("<|begin_of_text|>"), eos_token_id=tid("<|eot_id|>"), **c["llm"])
    cfg._attn_implementation = "eager"
    m = HiggsAudioV2ForConditionalGeneration(cfg).eval()
    for name, p in m.named_parameters():
        if p.dim() > 1:
            p.data.normal_(0, c["head_std"] if "audio_lm_head" in name else 0.12)
        else:
            p.data.copy_(1 + 0.2 * torch.randn_like(p))      # norms: text and audio norms must differ
    return m


def build_codec(c):
    torch.manual_seed(c["seed"] + 1)
    k, ratios = c["codec"], [8, 5, 4, 2, 3]
    bits = (c["codes"] - 1).bit_length()
    cfg = HiggsAudioV2TokenizerConfig(target_bandwidths=[round(25 * bits * 8 / 1000 + 0.01, 3)], codebook_size=c["codes"], codebook_dim=k["codebook_dim"],
        acoustic_model_config=dict(model_type="dac", encoder_hidden_size=k["encoder_hidden"], downsampling_ratios=ratios, decoder_hidden_size=k["decoder_hidden"],
                                   upsampling_ratios=ratios, hidden_size=k["acoustic_hidden"]),
        semantic_model_config=dict(model_type="hubert", hidden_size=k["semantic_hidden"], num_hidden_layers=k["semantic_layers"], num_attention_heads=k["semantic_heads"],
                                   intermediate_size=k["semantic_ffn"], conv_dim=[k["semantic_conv"]] * 7, num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4,
                                   hidden_dropout=0.0, mask_time_prob=0.0))
    assert (cfg.hop_length, cfg.frame_rate, cfg.num_quantizers, cfg.semantic_downsample_factor) == (960, 25, 8, 2)
    cfg.semantic_model_config._attn_implementation = "eager"
    m = HiggsAudioV2TokenizerModel(cfg).eval()
    m.semantic_model.config._attn_implementation = "eager"
    with torch.no_grad():
        for name, p in m.named_parameters():
            if p.dim() > 1 and "semantic_model.feature_extractor" not in name:
                fan = p[0].numel() if "conv_t" not in name else p.shape[0] * p.shape[2] / {16: 8, 10: 5, 8: 4, 4: 2, 6: 3}[p.shape[2]]
                p.normal_(0, (0.3 if "res_unit" in name and "conv2" in name else 1.0) / fan ** 0.5)
            elif "alpha" in name:
                p.uniform_(0.5, 1.5)
        for q in m.quantizer.quantizers:
            q.codebook.embed.normal_(0, 1)
        x = 0.1 * torch.randn(1, 1, 960 * 40)
        # scale the first codebooks to the size of what they quantise, so that all codes get used
        e = m.fc(torch.cat([m.acoustic_encoder(x), m.encoder_semantic(m._extract_semantic_features(x).transpose(1, 2))], 1).transpose(1, 2)).transpose(1, 2)
        residual = e
        for q in m.quantizer.quantizers:
            h = q.project_in(residual.permute(0, 2, 1))
            q.codebook.embed.copy_(h.mean((0, 1)) + h.std((0, 1)) * q.codebook.embed)
            residual = residual - q.decode(q.encode(residual))
        y = m.decode(torch.randint(0, c["codes"], (1, 8, 60)), return_dict=False)
        m.acoustic_decoder.conv2.weight *= 0.15 / y.std()
        m.acoustic_decoder.conv2.bias *= 0.15 / y.std()
    return m


def save_tiny_checkpoint(folder, c=TINY):
    """Writes `llm` (with its tokenizer) and `codec` into the folder; returns their paths."""
    llm, codec = os.path.join(folder, "llm"), os.path.join(folder, "codec")
    os.makedirs(llm)
    tok = build_text_tokenizer(c, os.path.join(folder, "tokenizer.json"))
    build_llm(c, tok).save_pretrained(llm)
    PreTrainedTokenizerFast(tokenizer_object=tok).save_pretrained(llm)
    build_codec(c).save_pretrained(codec)
    return llm, codec
