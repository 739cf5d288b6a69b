"""The codec's two graphs: sound to codes, and codes to sound."""

import math
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

from onnx_files import compact, torch_export


def import_torchaudio():
    """transformers' codec class imports torchaudio (only functional.resample is used).  torchaudio refuses to load when it was
    built for another CUDA release than torch; on a CPU-only run that check is irrelevant, so hide torch's CUDA version."""
    try:
        import torchaudio  # noqa: F401
    except RuntimeError:
        for name in [n for n in sys.modules if n == "torchaudio" or n.startswith("torchaudio.")]:
            del sys.modules[name]
        saved, torch.version.cuda = torch.version.cuda, None
        try:
            import torchaudio  # noqa: F401
        finally:
            torch.version.cuda = saved


def resample_kernel(orig, new, width=6, rolloff=0.99):
    """Windowed-sinc (Hann) polyphase kernel of torchaudio.functional.resample's defaults; returns ([new,1,L], pad)."""
    base = min(orig, new) * rolloff
    pad = math.ceil(width * orig / base)
    idx = torch.arange(-pad, pad + orig, dtype=torch.float64)[None, None] / orig
    t = (torch.arange(0, -new, -1, dtype=torch.float64)[:, None, None] / new + idx) * base
    t = t.clamp(-width, width)
    window = torch.cos(t * math.pi / width / 2) ** 2
    t = t * math.pi
    sinc = torch.where(t == 0, torch.ones_like(t), t.sin() / t)
    return (sinc * window * base / orig).float(), pad


class CodecEncoder(nn.Module):
    """audio_values [1,1,N], N a multiple of the hop -> audio_codes [1,codebooks,N/hop] (no length-mismatch branch is ever taken then)."""

    def __init__(self, codec):
        super().__init__()
        self.c = codec
        gcd = math.gcd(codec.config.sample_rate, codec.config.semantic_sample_rate)
        self.orig, self.new = codec.config.sample_rate // gcd, codec.config.semantic_sample_rate // gcd
        kernel, self.width = resample_kernel(self.orig, self.new)
        self.register_buffer("kernel", kernel)

    def forward(self, x):
        c = self.c
        y = F.conv1d(F.pad(x, (self.width, self.width + self.orig)), self.kernel, stride=self.orig).transpose(1, 2).reshape(1, -1)
        y = F.pad(y[:, : x.shape[2] * self.new // self.orig], (160, 160))
        hidden = c.semantic_model(y, output_hidden_states=True).hidden_states
        semantic = torch.stack(hidden, 1).mean(1)[:, :: c.config.semantic_downsample_factor, :]
        e = torch.cat([c.acoustic_encoder(x), c.encoder_semantic(semantic.transpose(1, 2))], 1)
        e = c.fc(e.transpose(1, 2)).transpose(1, 2)
        return c.quantizer.encode(e, c.config.target_bandwidths[-1]).transpose(0, 1)


class CodecDecoder(nn.Module):
    """audio_codes [1,codebooks,F] -> audio_values [1,1,hop*F]."""

    def __init__(self, codec):
        super().__init__()
        self.c = codec

    def forward(self, codes):
        return self.c.decode(codes, return_dict=False)


def export_codec(codec, out_dir):
    codec.float().eval()
    hop, nq = codec.config.hop_length, codec.config.num_quantizers
    codec.semantic_model.config._attn_implementation = "eager"
    enc, dec = os.path.join(out_dir, "audio_tokenizer_encoder.onnx"), os.path.join(out_dir, "audio_tokenizer_decoder.onnx")
    torch_export(CodecEncoder(codec).eval(), (torch.randn(1, 1, hop * 60) * 0.1,), enc, ["audio_values"], ["audio_codes"],
                 {"audio_values": {2: "samples"}, "audio_codes": {2: "frames"}})
    torch_export(CodecDecoder(codec).eval(), (torch.randint(0, codec.config.codebook_size, (1, nq, 30)),), dec, ["audio_codes"], ["audio_values"],
                 {"audio_codes": {2: "frames"}, "audio_values": {2: "samples"}})
    import onnx
    for path, name, dims in ((enc, "audio_codes", [1, nq, "frames"]), (dec, "audio_values", [1, 1, "samples"])):
        proto = onnx.load(path)
        for vi in proto.graph.output:
            vi.CopyFrom(onnx.helper.make_tensor_value_info(name, vi.type.tensor_type.elem_type, dims))
        onnx.save(compact(proto), path)
    return enc, dec
