"""Linear layers with 4-bit weights, exported as ONNX Runtime's MatMulNBits."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def pack_int4(weight, block):
    """weight [N,K] -> (packed uint8 [N, ceil(K/block), block/2], scales f32 [N, ceil(K/block)]) for MatMulNBits without zero
    points: value = (q - 8) * scale, low nibble first.  The scale maps the largest-magnitude entry of a block to q = 0 or 16->15."""
    n, k = weight.shape
    w = F.pad(weight.float(), (0, (-k) % block)).reshape(n, -1, block)
    peak = w.gather(2, w.abs().argmax(2, keepdim=True))
    scale = peak / -8.0
    inv = torch.where(scale == 0, torch.zeros_like(scale), 1.0 / scale)
    q = torch.clamp(torch.round(w * inv) + 8, 0, 15).to(torch.uint8)
    packed = q[:, :, 0::2] | (q[:, :, 1::2] << 4)
    return packed.contiguous(), scale.squeeze(2).contiguous()


def unpack_int4(packed, scale, k):
    q = torch.stack([packed & 15, packed >> 4], dim=3).reshape(packed.shape[0], packed.shape[1], -1).to(torch.float32) - 8
    return (q * scale.float().unsqueeze(2)).reshape(packed.shape[0], -1)[:, :k]


class _MatMulNBits(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, packed, scale, k, n, block, accuracy):
        return F.linear(x.float(), unpack_int4(packed, scale.reshape(n, -1), k)).to(x.dtype)

    @staticmethod
    def symbolic(g, x, packed, scale, k, n, block, accuracy):
        out = g.op("com.microsoft::MatMulNBits", x, packed, scale, K_i=k, N_i=n, bits_i=4, block_size_i=block, accuracy_level_i=accuracy)
        sizes = x.type().sizes()
        if sizes is not None:
            out.setType(x.type().with_sizes(list(sizes[:-1]) + [n]))
        return out


class Int4Linear(nn.Module):
    def __init__(self, linear, block, accuracy, dtype):
        super().__init__()
        assert linear.bias is None
        self.n, self.k = linear.weight.shape
        self.block, self.accuracy = block, accuracy
        packed, scale = pack_int4(linear.weight.data, block)
        self.register_buffer("packed", packed)
        self.register_buffer("scale", scale.reshape(-1).to(dtype))

    def forward(self, x):
        return _MatMulNBits.apply(x, self.packed, self.scale, self.k, self.n, self.block, self.accuracy)
