"""The language model's graph: one step function for prompts and for single columns, in the precision that is asked for."""

import os
import shutil
import tempfile

import torch
import torch.nn as nn
import torch.nn.functional as F

from int4 import Int4Linear
from onnx_files import compact, save_with_external_data, torch_export


def kv_names(layers):
    past = [f"past_key_values.{l}.{c}" for l in range(layers) for c in ("key", "value")]
    present = [f"present.{l}.{c}" for l in range(layers) for c in ("key", "value")]
    return past, present


class RoutedLLM(nn.Module):
    """Step function of the contract.  Text rows and audio rows are gathered, so that each feed-forward branch only sees its own
    rows (in a decode step the text branch gets zero rows and costs nothing); attention and KV cache are shared."""

    def __init__(self, model, dtype):
        super().__init__()
        self.m, self.cfg, self.dtype = model, model.config, dtype

    def attention(self, layer, x, cos, sin, past_k, past_v, mask):
        a = layer.self_attn
        d, t = a.head_dim, x.shape[1]
        split = lambda z: z.view(1, t, -1, d).transpose(1, 2)
        half = lambda z: torch.cat((-z[..., d // 2:], z[..., : d // 2]), -1)
        q, k, v = split(a.q_proj(x)), split(a.k_proj(x)), split(a.v_proj(x))
        q, k = q * cos + half(q) * sin, k * cos + half(k) * sin
        k, v = torch.cat([past_k, k], 2), torch.cat([past_v, v], 2)
        groups = a.num_key_value_groups
        widen = lambda z: z[:, :, None].expand(-1, -1, groups, -1, -1).reshape(1, -1, z.shape[2], d)
        w = torch.matmul(q, widen(k).transpose(2, 3)).float() * a.scaling + mask
        w = torch.softmax(w, -1).to(self.dtype)
        return a.o_proj(torch.matmul(w, widen(v)).transpose(1, 2).reshape(1, t, -1)), k, v

    def forward(self, input_ids, audio_codes, audio_mask, position_ids, *past):
        m = self.m.model
        t = input_ids.shape[1]
        flat = audio_mask.reshape(-1)
        ai, ti = torch.nonzero(flat).reshape(-1), torch.nonzero(~flat).reshape(-1)
        back = torch.zeros_like(flat, dtype=torch.int64).scatter(0, torch.cat([ti, ai]), torch.arange(flat.shape[0]))
        join = lambda text, audio: torch.cat([text, audio], 0)[back]
        text = F.embedding(input_ids.reshape(-1)[ti], m.embed_tokens.weight).to(self.dtype)
        table, offsets = m.embed_audio_tokens.embed_audio_tokens.weight, m.embed_audio_tokens.audio_tokens_offsets
        audio = F.embedding(audio_codes.reshape(-1, self.cfg.num_codebooks)[ai] + offsets, table).to(self.dtype).sum(-2)
        x = join(text, audio)
        cos, sin = m.rotary_emb(x[None], position_ids)
        cos, sin = cos.unsqueeze(1), sin.unsqueeze(1)
        p = past[0].shape[2]
        mask = torch.where(torch.arange(p + t)[None, :] <= torch.arange(p, p + t)[:, None], 0.0, -1e9)[None, None]
        present = []
        for i, layer in enumerate(m.layers):
            h = join(layer.input_layernorm(x[ti]), layer.audio_input_layernorm(x[ai]))
            h, k, v = self.attention(layer, h[None], cos, sin, past[2 * i], past[2 * i + 1], mask)
            present += [k, v]
            x = x + h[0]
            x = x + join(layer.mlp(layer.post_attention_layernorm(x[ti])), layer.audio_mlp(layer.audio_post_attention_layernorm(x[ai])))
        logits = self.m.audio_lm_head(m.norm(x[-1:])).float()
        return (logits.view(1, self.cfg.num_codebooks, self.cfg.codebook_size), *present)


def prepare_precision(model, precision, act="fp32", block=32, accuracy=None):
    """Convert the Hugging Face model in place; returns the activation / KV dtype."""
    if precision == "fp32":
        model.float()
        return torch.float32
    if precision == "fp16":
        for p in model.parameters():       # not model.half(): that would also round RoPE's inverse frequencies (a buffer) to float16
            p.data = p.data.half()
        return torch.float16
    dtype = torch.float16 if act == "fp16" else torch.float32
    if accuracy is None:      # level 4 with float16 activations gave wrong results in onnxruntime 1.32 on CPU (optimisation level "all")
        accuracy = 0 if act == "fp16" else 4
    for layer in model.model.layers:
        for owner, names in ((layer.self_attn, ("q_proj", "k_proj", "v_proj", "o_proj")),
                             (layer.mlp, ("gate_proj", "up_proj", "down_proj")), (layer.audio_mlp, ("gate_proj", "up_proj", "down_proj"))):
            for name in names:
                setattr(owner, name, Int4Linear(getattr(owner, name), block, accuracy, dtype))
    for name, p in model.named_parameters():
        p.data = p.data.to(torch.float16 if "embed" in name else dtype)   # tables: gathered as float16, cast after the gather
    return dtype


def export_llm(model, out_dir, dtype, block=None):
    import onnx
    cfg = model.config
    past, present = kv_names(cfg.num_hidden_layers)
    p, mask = 5, torch.tensor([[0, 0, 1, 1, 1, 0, 1]], dtype=torch.bool)
    t = mask.shape[1]
    args = (torch.randint(0, 4, (1, t)), torch.randint(0, 4, (1, t, cfg.num_codebooks)), mask, torch.arange(p, p + t)[None],
            *[torch.randn(1, cfg.num_key_value_heads, p, cfg.head_dim).to(dtype) for _ in past])
    dyn = {"input_ids": {1: "seq"}, "audio_codes": {1: "seq"}, "audio_mask": {1: "seq"}, "position_ids": {1: "seq"}}
    dyn.update({n: {2: "past"} for n in past})
    dyn.update({n: {2: "total"} for n in present})
    tmp = tempfile.mkdtemp(dir=out_dir)          # a > 2 GB export is spilled by torch as one file per tensor: collect it here
    try:
        raw = os.path.join(tmp, "raw.onnx")
        torch_export(RoutedLLM(model, dtype).eval(), args, raw, ["input_ids", "audio_codes", "audio_mask", "position_ids"] + past,
                     ["audio_logits"] + present, dyn, **({"custom_opsets": {"com.microsoft": 1}} if any(isinstance(x, Int4Linear) for x in model.modules()) else {}))
        proto = onnx.load(raw)
        if not any(o.domain == "com.microsoft" for o in proto.opset_import):
            proto.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
        # torch leaves odd symbolic names on the outputs; state the contract's shapes
        shape = lambda vi, dims: vi.CopyFrom(onnx.helper.make_tensor_value_info(vi.name, vi.type.tensor_type.elem_type, dims))
        for vi in proto.graph.output:
            shape(vi, [1, cfg.num_codebooks, cfg.codebook_size] if vi.name == "audio_logits" else [1, cfg.num_key_value_heads, "total", cfg.head_dim])
        save_with_external_data(compact(proto), os.path.join(out_dir, "llm.onnx"))
    finally:
        shutil.rmtree(tmp)
    return os.path.join(out_dir, "llm.onnx")
