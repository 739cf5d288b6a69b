"""Runs export.py as a command on a tiny checkpoint, in each precision, and looks at what it wrote.

    python -m unittest test_export.py        (in this folder; see README.md for the packages)
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import onnxruntime as ort
import torch

from codec import import_torchaudio
from int4 import pack_int4, unpack_int4
from manifest import sha256
from tiny_checkpoint import TINY, save_tiny_checkpoint

HERE = os.path.dirname(os.path.abspath(__file__))

# Largest difference of logits from the Hugging Face model in float32, over their standard deviation. Rounding random weights to
# four bits is far worse than rounding trained ones: only that the graph is not broken can be asked for.
LIMITS = {("fp32", None): 1e-4, ("fp16", None): 0.05, ("int4", "fp32"): 3.0, ("int4", "fp16"): 3.0}


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.llm, cls.codec = save_tiny_checkpoint(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def export(self, name, *words):
        out = os.path.join(self.folder.name, name)
        command = [sys.executable, os.path.join(HERE, "export.py"), "--llm", self.llm, "--codec", self.codec, "--out", out, *words]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return out, done.stdout

    def test_every_precision_gives_the_models_logits_and_a_block_that_equals_stepping(self):
        for (precision, activations), limit in LIMITS.items():
            with self.subTest(precision=precision, activations=activations):
                words = ["--precision", precision, "--check"] + (["--int4-activations", activations] if activations else [])
                _, said = self.export(f"{precision}-{activations}", *words)
                self.assertRegex(said, r"decode_block equals stepping over \d+ columns: True")
                difference, deviation = map(float, re.search(r"logit difference\| (\S+) \(.* deviation ([^)]+)\)", said).groups())
                self.assertLess(difference / deviation, limit)

    def test_model_json_says_what_the_folder_holds(self):
        out, _ = self.export("described", "--precision", "fp16", "--licence", "None needed", "--use-clause", "Be kind.")
        with open(os.path.join(out, "model.json")) as file:
            manifest = json.load(file)
        self.assertEqual(manifest["licence"], {"name": "None needed", "useClauses": ["Be kind."]})
        self.assertEqual(manifest["arch"]["kvDtype"], "float16")
        self.assertEqual(manifest["audio"]["codebookSize"], TINY["codes"] + 2)
        for name, digest in manifest["sha256"].items():
            self.assertEqual(sha256(os.path.join(out, name)), digest)
        self.assertEqual(set(manifest["sha256"]), set(os.listdir(out)) - {"model.json"})
        for name in manifest["files"].values():
            self.assertIn(name, manifest["sha256"])

    def test_the_licence_of_bosons_checkpoint_is_named_when_no_other_is(self):
        out, _ = self.export("boson", "--precision", "fp32", "--no-decode-block")
        with open(os.path.join(out, "model.json")) as file:
            manifest = json.load(file)
        self.assertIn("Boson", manifest["licence"]["name"])
        self.assertNotIn("decodeBlock", manifest["files"])

    def test_the_codec_graphs_equal_the_codec(self):
        import_torchaudio()
        from transformers import HiggsAudioV2TokenizerModel
        codec = HiggsAudioV2TokenizerModel.from_pretrained(self.codec).eval()
        out, _ = self.export("codec-graphs", "--precision", "fp32", "--no-decode-block")
        graph = lambda name: ort.InferenceSession(os.path.join(out, name), providers=["CPUExecutionProvider"])
        torch.manual_seed(3)
        sound, codes = 0.1 * torch.randn(1, 1, 960 * 33), torch.randint(0, TINY["codes"], (1, 8, 41))
        with torch.no_grad():
            wanted_codes = codec.encode(sound).audio_codes.numpy()
            wanted_sound = codec.decode(codes, return_dict=False).numpy()
        found = graph("audio_tokenizer_encoder.onnx").run(None, {"audio_values": sound.numpy()})[0]
        self.assertEqual(found.shape, wanted_codes.shape)
        self.assertGreater((found == wanted_codes).mean(), 0.99)
        found = graph("audio_tokenizer_decoder.onnx").run(None, {"audio_codes": codes.numpy()})[0]
        self.assertLess(np.abs(found - wanted_sound).max(), 1e-4)

    def test_a_checkpoint_that_lacks_weights_is_refused(self):
        command = [sys.executable, os.path.join(HERE, "export.py"), "--llm", self.codec, "--codec", self.codec, "--out",
                   os.path.join(self.folder.name, "refused")]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse(os.path.exists(os.path.join(self.folder.name, "refused", "model.json")))

    def test_four_bits_keep_a_weight_to_half_a_step(self):
        torch.manual_seed(1)
        weight = torch.randn(24, 70)
        packed, scale = pack_int4(weight, 32)
        error = (unpack_int4(packed, scale, 70) - weight).abs()
        steps = scale.abs().repeat_interleave(32, 1)[:, :70]
        self.assertLessEqual((error / steps).max().item(), 1.0)
        self.assertLess((error / steps).mean().item(), 0.3)


if __name__ == "__main__":
    unittest.main()
