"""Writes what PyTorch gives for the GRU, layer normalisation, the residual block, AdamW, gradient clipping and the learning
rate, for the tests of NN to compare with.

    python3 Tools/reference/golden.py

from the root of the repository writes Tests/NNTests/Golden/Golden.swift. It needs PyTorch only; the numbers in the
repository come from version 1.13. Weights and inputs are the function `closed_form` of the index, which the tests
compute too, rounded to Float32; everything after is in Float64, so that a difference is the error of NN.
"""

import math
import struct

import torch

PATH = "Tests/NNTests/Golden/Golden.swift"


def closed_form(phase, *shape, scale=1.0):
    """Numbers without a pattern that rows, columns or gates could share; `closedForm` in the tests."""
    numbers = []
    for i in range(math.prod(shape)):
        number = scale * math.sin(phase + 0.7 * i + 0.013 * i * i)
        numbers.append(struct.unpack("f", struct.pack("f", number))[0])
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)


def variable(phase, *shape, scale=1.0):
    return closed_form(phase, *shape, scale=scale).requires_grad_()


def gru():
    steps, batch, inner, hidden = 6, 3, 5, 4
    # NN keeps weights as (in, out), PyTorch as (out, in); both have the gates in the order r, z, n.
    module = torch.nn.GRU(inner, hidden).double()
    with torch.no_grad():
        module.weight_ih_l0.copy_(closed_form(1, inner, 3 * hidden, scale=0.6).T)
        module.bias_ih_l0.copy_(closed_form(2, 3 * hidden, scale=0.3))
        module.weight_hh_l0.copy_(closed_form(3, hidden, 3 * hidden, scale=0.8).T)
        module.bias_hh_l0.copy_(closed_form(4, 3 * hidden, scale=0.5))
    inputs = variable(5, steps, batch, inner)
    state = variable(6, 1, batch, hidden, scale=0.9)
    states, _ = module(inputs, state)
    (states * closed_form(7, steps, batch, hidden)).sum().backward()
    return {
        "states": states, "inputWeightGradient": module.weight_ih_l0.grad.T, "inputBiasGradient": module.bias_ih_l0.grad,
        "recurrentGradient": module.weight_hh_l0.grad.T, "biasGradient": module.bias_hh_l0.grad,
        "inputsGradient": inputs.grad, "stateGradient": state.grad,
    }


def layer_norm():
    x, gain, bias = variable(1, 4, 7, scale=2), variable(2, 7), variable(3, 7)
    y = torch.nn.functional.layer_norm(x, (7,), gain, bias)
    (y * closed_form(4, 4, 7)).sum().backward()
    return {"output": y, "inputGradient": x.grad, "gainGradient": gain.grad, "biasGradient": bias.grad}


def residual_block():
    batch, size, inner = 3, 5, 8
    x, gain, shift = variable(1, batch, size), variable(2, size), variable(3, size)
    expand, expand_bias = variable(4, size, inner), variable(5, inner)
    contract, contract_bias = variable(6, inner, size), variable(7, size)
    normal = torch.nn.functional.layer_norm(x, (size,), gain, shift)
    y = x + torch.nn.functional.gelu(normal @ expand + expand_bias) @ contract + contract_bias
    (y * closed_form(8, batch, size)).sum().backward()
    return {
        "output": y, "inputGradient": x.grad, "gainGradient": gain.grad, "shiftGradient": shift.grad,
        "expandGradient": expand.grad, "expandBiasGradient": expand_bias.grad, "contractGradient": contract.grad,
        "contractBiasGradient": contract_bias.grad,
    }


def adamw(rate, limit, **settings):
    """The weights after each of twenty steps; the gradients of the middle steps are longer than the limit."""
    weights = torch.nn.Parameter(closed_form(1, 19))
    optimizer = torch.optim.AdamW([weights], lr=rate, **settings)
    after, norms, factors = [], [], []
    for step in range(20):
        weights.grad = closed_form(2 + step, 19, scale=0.5 if step % 3 == 0 else 0.2)
        before = weights.grad.clone()
        norms.append(torch.nn.utils.clip_grad_norm_([weights], limit))
        factors.append(weights.grad[0] / before[0])
        optimizer.step()
        after.append(weights.detach().clone())
    return {"weights": torch.cat(after), "norms": torch.stack(norms), "factors": torch.stack(factors)}


def swift(name, arrays):
    lines = [f"enum {name} {{"]
    for array, tensor in arrays.items():
        numbers = [format(number, ".12g") for number in tensor.detach().flatten().tolist()]
        lines.append(f"  /// {' × '.join(str(size) for size in tensor.shape)}.")
        lines.append(f"  static let {array}: [Double] = [")
        for start in range(0, len(numbers), 6):
            lines.append("    " + ", ".join(numbers[start:start + 6]) + ",")
        lines.append("  ]")
    return lines + ["}", ""]


def main():
    lines = [
        "// Written by Tools/reference/golden.py: what PyTorch gives. Not to be edited.",
        "// swift-format-ignore-file", "",
    ]
    lines += swift("GoldenGRU", gru())
    lines += swift("GoldenLayerNorm", layer_norm())
    lines += swift("GoldenResidualBlock", residual_block())
    lines += swift("GoldenAdamW", adamw(0.02, 1.0, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.3))
    lines += swift("GoldenDefaultAdamW", adamw(0.05, 1e9, betas=(0.9, 0.99)))
    with open(PATH, "w", encoding="utf-8") as file:
        file.write("\n".join(lines[:-1]) + "\n")


if __name__ == "__main__":
    main()
