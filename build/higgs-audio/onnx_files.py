"""Tracing modules to ONNX files, and keeping these files small and stable."""

import os
import warnings

import torch


def compact(proto):
    """Shorten the tracer's long names of nodes and intermediate tensors (inputs, outputs and weights keep theirs)."""
    g = proto.graph
    keep = {v.name for v in list(g.input) + list(g.output)} | {i.name for i in g.initializer} | {""}
    if any(a.HasField("g") for n in g.node for a in n.attribute):
        return proto
    names = {}
    for i, node in enumerate(g.node):
        node.name, node.doc_string = f"n{i}", ""
        for j, o in enumerate(node.output):
            if o not in keep:
                names[o] = node.output[j] = f"t{len(names)}"
        for j, v in enumerate(node.input):
            node.input[j] = names.get(v, v)
    del g.value_info[:]
    proto.producer_name, proto.producer_version, proto.doc_string = "export_higgs_audio_v2", "1", ""
    return proto


def save_with_external_data(proto, path, threshold=1024):
    """One data file next to the graph.  The graph must then be loaded from its path, never from a buffer."""
    import onnx
    data = os.path.basename(path) + "_data"
    if os.path.exists(path + "_data"):
        os.remove(path + "_data")
    onnx.save_model(proto, path, save_as_external_data=True, all_tensors_to_one_file=True, location=data, size_threshold=threshold)
    os.chmod(path + "_data", 0o644)


def torch_export(module, args, path, inputs, outputs, dynamic, opset=17, **kw):
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(module, args, path, input_names=inputs, output_names=outputs, dynamic_axes=dynamic, opset_version=opset, dynamo=False, **kw)
