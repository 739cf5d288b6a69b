"""The decode block: the step graph inside an ONNX Loop, with sampling, delay and end rules in the graph."""

import numpy as np


def build_decode_block(llm_path, out_path, bos, eos, audio_token_id):
    """Wrap llm.onnx into an ONNX Loop: up to max_steps audio columns per run, KV cache loop-carried, sampling (temperature, top-k,
    top-p by Gumbel-max; RAS), delay override and EOS countdown in the graph.  Weights stay in llm.onnx_data (shared, not copied)."""
    import onnx
    from onnx import TensorProto as T, helper as h, numpy_helper as nh
    step = onnx.load(llm_path, load_external_data=False)
    g = step.graph
    past = [i.name for i in g.input if i.name.startswith("past_key_values.")]
    present = [o.name for o in g.output if o.name.startswith("present.")]
    logits = next(o for o in g.output if o.name == "audio_logits")
    K, C = (d.dim_value for d in logits.type.tensor_type.shape.dim[1:])
    kv_in = next(i for i in g.input if i.name == past[0]).type.tensor_type
    kv_type, kvh, hd = kv_in.elem_type, kv_in.shape.dim[1].dim_value, kv_in.shape.dim[3].dim_value
    if not kvh:                                                # read them from the outputs if the inputs do not state them
        dims = next(o for o in g.output if o.name == present[0]).type.tensor_type.shape.dim
        kvh, hd = dims[1].dim_value, dims[3].dim_value
    inits = list(g.initializer)

    def const(name, value, dtype=np.int64):
        inits.append(nh.from_array(np.array(value, dtype=dtype), "blk." + name))
        return "blk." + name

    c_id, c_true = const("audio_id", [[audio_token_id]]), const("true", [[True]], np.bool_)
    c_one, c_zero, c_k, c_neg1 = const("one", 1), const("zero", 0), const("k", K), const("neg1", -1)
    c_bos, c_eos, c_rows = const("bos", bos), const("eos", eos), const("rows", np.arange(K))
    c_11, c_11k, c_k1 = const("11", [1, 1]), const("11k", [1, 1, K]), const("k1", [K, 1])
    c_ax0, c_ax1, c_ax1s = const("ax0", [0]), const("ax1", [1]), const("ax1s", 1)
    c_c, c_notlast = const("c", [C]), const("notlast", np.arange(C) < C - 1, np.bool_)
    c_ninf, c_onef = const("ninf", -np.inf, np.float32), const("onef", 1.0, np.float32)
    c_s1, c_big = const("s1", [1]), const("big", [2 ** 31 - 1])
    n = h.make_node
    pre = [n("Identity", [c_id], ["input_ids"]), n("Identity", [c_true], ["audio_mask"]), n("Identity", ["b_codes"], ["audio_codes"]),
           n("Reshape", ["b_pos", c_11], ["position_ids"])]
    post = [
        n("Squeeze", ["audio_logits", c_ax0], ["b.lg"]),                                   # [K,C]
        n("Div", ["b.lg", "temperature"], ["b.lt"]),
        # top-k: drop everything below the k-th largest
        n("TopK", ["b.lt", "top_k"], ["b.kv", "b.ki"], axis=1, largest=1, sorted=1),
        n("ReduceMin", ["b.kv"], ["b.thr"], axes=[1], keepdims=1),
        n("Less", ["b.lt", "b.thr"], ["b.low"]), n("Where", ["b.low", c_ninf, "b.lt"], ["b.l1"]),
        # top-p: ascending cumulative probability <= 1 - p is dropped, the largest entry always stays
        n("TopK", ["b.l1", c_c], ["b.sv", "b.si"], axis=1, largest=0, sorted=1),
        n("Softmax", ["b.sv"], ["b.sp"], axis=1), n("CumSum", ["b.sp", c_ax1s], ["b.cum"]),
        n("Sub", [c_onef, "top_p"], ["b.rest"]), n("LessOrEqual", ["b.cum", "b.rest"], ["b.drop0"]), n("And", ["b.drop0", c_notlast], ["b.drop"]),
        n("Where", ["b.drop", c_ninf, "b.sv"], ["b.sv2"]), n("ScatterElements", ["b.l1", "b.si", "b.sv2"], ["b.l2"], axis=1),
        # Gumbel-max draw
        n("Gather", ["gumbel", "b_iter"], ["b.g"], axis=0), n("Add", ["b.l2", "b.g"], ["b.l3"]), n("ArgMax", ["b.l3"], ["b.tok0"], axis=1, keepdims=0),
        # RAS: count the drawn code in the window, special codes never count; redraw from the raw logits
        n("Reshape", ["b.tok0", c_k1], ["b.tokc"]), n("Equal", ["b_hist", "b.tokc"], ["b.eq0"]), n("Less", ["b_hist", c_bos], ["b.real"]),
        n("And", ["b.eq0", "b.real"], ["b.eq"]), n("Cast", ["b.eq"], ["b.eqi"], to=T.INT64), n("ReduceSum", ["b.eqi", c_ax1], ["b.cnt"], keepdims=0),
        n("GreaterOrEqual", ["b.cnt", "ras_max_repeat"], ["b.rep"]),
        n("Gather", ["gumbel_ras", "b_iter"], ["b.g2"], axis=0), n("Add", ["b.lg", "b.g2"], ["b.l4"]), n("ArgMax", ["b.l4"], ["b.tokr"], axis=1, keepdims=0),
        n("Where", ["b.rep", "b.tokr", "b.tok0"], ["b.tok1"]),
        # delay override
        n("Greater", [c_rows, "b_delay"], ["b.isb"]), n("Where", ["b.isb", c_bos, "b.tok1"], ["b.tok2"]),
        # EOS countdown (b_eos = -1: none running; else steps left)
        n("GreaterOrEqual", ["b_eos", c_zero], ["b.run"]),
        n("Sub", [c_k, "b_eos"], ["b.lim_run"]),
        n("Equal", ["b.tok2", c_eos], ["b.ise"]), n("Cast", ["b.ise"], ["b.isei"], to=T.INT64),
        n("ReduceMax", ["b.isei"], ["b.anyi"], axes=[0], keepdims=0), n("Greater", ["b.anyi", c_zero], ["b.any"]),
        n("ArgMax", ["b.isei"], ["b.first"], axis=0, keepdims=0),                            # first row holding EOS
        n("Where", ["b.any", "b.first", c_zero], ["b.lim_new"]),
        n("Where", ["b.run", "b.lim_run", "b.lim_new"], ["b.lim"]),
        n("Less", [c_rows, "b.lim"], ["b.force"]), n("Where", ["b.force", c_eos, "b.tok2"], ["b.tok3"]),
        n("Sub", ["b_eos", c_one], ["b.dec0"]), n("Max", ["b.dec0", c_zero], ["b.dec"]),
        n("Sub", [c_k, c_one], ["b.km1"]), n("Sub", ["b.km1", "b.first"], ["b.start"]), n("Where", ["b.any", "b.start", c_neg1], ["b.new"]),
        n("Where", ["b.run", "b.dec", "b.new"], ["n_eos"]),
        n("Equal", ["n_eos", c_zero], ["b.done"]), n("Not", ["b.done"], ["b.cont"]), n("And", ["b.cont", "b_cond"], ["n_cond"]),
        # carries
        n("Reshape", ["b.tok3", c_11k], ["n_codes"]), n("Add", ["b_pos", c_one], ["n_pos"]), n("Add", ["b_delay", c_one], ["n_delay"]),
        n("Slice", ["b_hist", c_s1, c_big, c_ax1], ["b.hist1"]), n("Reshape", ["b.tok3", c_k1], ["b.tok3c"]),
        n("Concat", ["b.hist1", "b.tok3c"], ["n_hist"], axis=1), n("Identity", ["b.tok3"], ["scan"]),
    ]
    vi = h.make_tensor_value_info
    kv = lambda name, dim: vi(name, kv_type, [1, kvh, dim, hd])
    body = h.make_graph(pre + list(g.node) + post, "body",
        [vi("b_iter", T.INT64, []), vi("b_cond", T.BOOL, []), vi("b_codes", T.INT64, [1, 1, K]), vi("b_pos", T.INT64, []), vi("b_delay", T.INT64, []),
         vi("b_eos", T.INT64, []), vi("b_hist", T.INT64, [K, None])] + [kv(p, None) for p in past],
        [vi("n_cond", T.BOOL, []), vi("n_codes", T.INT64, [1, 1, K]), vi("n_pos", T.INT64, []), vi("n_delay", T.INT64, []),
         vi("n_eos", T.INT64, []), vi("n_hist", T.INT64, [K, None])] + [kv(p, None) for p in present] + [vi("scan", T.INT64, [K])])
    loop = n("Loop", ["max_steps", "blk.cond0", "codes0", "pos0", "delay0", "eos0", "history0"] + ["in." + p for p in past],
             ["out_codes", "out_pos", "out_delay", "out_eos", "out_history"] + ["out." + p for p in present] + ["frames"], body=body)
    const("cond0", True, np.bool_)
    G = h.make_graph([loop], "decode_block",
        [vi("max_steps", T.INT64, []), vi("codes0", T.INT64, [1, 1, K]), vi("pos0", T.INT64, []), vi("delay0", T.INT64, []), vi("eos0", T.INT64, []),
         vi("history0", T.INT64, [K, "window"]), vi("gumbel", T.FLOAT, ["n", K, C]), vi("gumbel_ras", T.FLOAT, ["n", K, C]), vi("temperature", T.FLOAT, []),
         vi("top_k", T.INT64, [1]), vi("top_p", T.FLOAT, []), vi("ras_max_repeat", T.INT64, [])] + [kv("in." + p, "past") for p in past],
        [vi("frames", T.INT64, ["steps", K]), vi("out_codes", T.INT64, [1, 1, K]), vi("out_pos", T.INT64, []), vi("out_delay", T.INT64, []),
         vi("out_eos", T.INT64, []), vi("out_history", T.INT64, [K, "window"])] + [kv("out." + p, "total") for p in present], initializer=inits)
    model = h.make_model(G, opset_imports=step.opset_import)
    model.ir_version, model.producer_name = step.ir_version, "export_higgs_audio_v2"
    onnx.save(model, out_path)          # tensors above the threshold keep pointing into llm.onnx_data
    onnx.checker.check_model(out_path)
    return out_path
