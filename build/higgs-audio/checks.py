"""What an export is compared with: the Hugging Face model's logits, and the block with single steps."""

import os

import numpy as np
import torch

from language_model import kv_names


def check_export(model, out_dir, cfg):
    """Compare audio_logits of the exported graph with the Hugging Face model for one mixed prompt."""
    import onnxruntime as ort
    past, _ = kv_names(cfg.num_hidden_layers)
    sess = ort.InferenceSession(os.path.join(out_dir, "llm.onnx"), providers=["CPUExecutionProvider"])
    gen = torch.Generator().manual_seed(0)
    text = torch.randint(5, 200, (1, 12), generator=gen)
    codes = torch.randint(0, cfg.codebook_size, (1, 6, cfg.num_codebooks), generator=gen)
    ids = torch.cat([text[:, :6], torch.full((1, 6), cfg.audio_token_id), text[:, 6:], torch.full((1, 1), cfg.audio_token_id)], 1)
    last = torch.full((1, 1, cfg.num_codebooks), cfg.audio_stream_bos_id)
    cols = torch.cat([codes, last], 1)
    with torch.no_grad():
        ref = model(input_ids=ids, attention_mask=torch.ones_like(ids), audio_input_ids=cols, audio_input_ids_mask=torch.ones(1, 7, dtype=torch.bool), use_cache=False)
    ref = ref.logits[0, -1].float().view(cfg.num_codebooks, -1).numpy()
    mask = (ids == cfg.audio_token_id).numpy()
    full = np.zeros((1, ids.shape[1], cfg.num_codebooks), np.int64)
    full[0, mask[0]] = cols[0].numpy()
    kv = np.float16 if "float16" in next(i.type for i in sess.get_inputs() if i.name == past[0]) else np.float32
    feeds = {"input_ids": ids.numpy(), "audio_codes": full, "audio_mask": mask, "position_ids": np.arange(ids.shape[1])[None],
             **{n: np.zeros((1, cfg.num_key_value_heads, 0, cfg.head_dim), kv) for n in past}}
    got = sess.run(["audio_logits"], feeds)[0][0]
    return float(np.abs(got - ref).max()), float(ref.std())


def check_block(out_dir, cfg, ids, steps=12, block=5):
    """decode_block.onnx must give the same columns as stepping llm.onnx (greedy, zero noise)."""
    import onnxruntime as ort
    step, blk = (ort.InferenceSession(os.path.join(out_dir, f), providers=["CPUExecutionProvider"]) for f in ("llm.onnx", "decode_block.onnx"))
    past, present = kv_names(cfg.num_hidden_layers)
    K, C = cfg.num_codebooks, cfg.codebook_size
    kvt = np.float16 if "float16" in next(i.type for i in step.get_inputs() if i.name == past[0]) else np.float32

    def run(ids, codes, kv, pos):
        n = len(ids)
        o = step.run(None, {"input_ids": np.array([ids]), "audio_codes": np.array(codes).reshape(1, n, K), "audio_mask": np.array([[i == cfg.audio_token_id for i in ids]]), "position_ids": np.arange(pos, pos + n)[None], **kv})
        return o[0][0], dict(zip(past, o[1:]))
    empty = {p: np.zeros((1, cfg.num_key_value_heads, 0, cfg.head_dim), kvt) for p in past}
    _, kv0 = run(ids, np.zeros((len(ids), K), np.int64), empty, 0)
    kv, col, want = kv0, [cfg.audio_stream_bos_id] * K, []
    for s in range(steps):
        lg, kv = run([cfg.audio_token_id], col, kv, len(ids) + s)
        t = lg.argmax(-1)
        t[s + 1:] = cfg.audio_stream_bos_id
        if (t == cfg.audio_stream_eos_id).any():
            break
        col = t.tolist()
        want.append(col)
    names, got, kv = [o.name for o in blk.get_outputs()], [], kv0
    st = {"codes0": np.full((1, 1, K), cfg.audio_stream_bos_id), "pos0": np.array(len(ids)), "delay0": np.array(0), "eos0": np.array(-1), "history0": np.full((K, 7), cfg.audio_stream_bos_id)}
    while len(got) < len(want):
        n = min(block, len(want) - len(got))
        z = np.zeros((n, K, C), np.float32)
        o = dict(zip(names, blk.run(None, {"max_steps": np.array(n), "gumbel": z, "gumbel_ras": z, "temperature": np.array(1, np.float32), "top_k": np.array([C]), "top_p": np.array(1, np.float32), "ras_max_repeat": np.array(10 ** 6),
                 **st, **{"in." + k: v for k, v in kv.items()}})))
        got += o["frames"].tolist()
        kv = {p: o["out." + q] for p, q in zip(past, present)}
        st = {k + "0": o["out_" + k] for k in ("codes", "pos", "delay", "eos", "history")}
    return got == want, len(want)
