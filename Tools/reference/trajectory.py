"""Writes what PyTorch gives for the whole model of a small table, for the tests of Synth to compare with.

    python3 Tools/reference/trajectory.py

from the root of the repository writes Tests/SynthTests/Golden/Trajectory.swift. It needs PyTorch only; the numbers in the
repository come from version 2.13. The first weights are the function `closed_form` of the index, which the tests compute
too, rounded to Float32; everything after is in Float64, so that a difference is the error of the program.

The model is written as plainly as it can be: skip connections are sums over the columns read, ordinal features are products in the tables and heads, T + phi A and
P + (phi B)^T, and AdamW moves T, A, P and B each on its own.

Golden gradients are those of the mean loss of all rows, read in one order. Golden losses, weights and so on are those of ten
steps on batches of nine rows, of which five are read in table order and four in the other.
"""

import math
import struct

import torch

PATH = "Tests/SynthTests/Golden/Trajectory.swift"

VOCABULARIES = [5, 3, 7, 2]
ORDINAL = [0, 2]
ROWS, BATCH, NATURAL, STEPS = 24, 9, 5, 10
HIDDEN, RESIDUAL, WAVES = 6, 4, 6
WIDTH = 1 + 2 * WAVES
NATURAL_ORDER, OTHER_ORDER = [0, 1, 2, 3], [2, 0, 3, 1]
PEAK, WARM_UP, FLOOR, LIMIT = 0.05, 0.3, 0.02, 1.5


def rounded(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def closed_form(phase, *shape, scale=0.1, offset=0.0):
    """Numbers without a pattern that rows, columns or gates could share; `closedForm` in the tests."""
    numbers = [rounded(offset + scale * math.sin(phase + 0.7 * i + 0.013 * i * i)) for i in range(math.prod(shape))]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape).requires_grad_()


def table():
    """The code of column c in row r; `Trajectory.codes` in the tests. Columns depend on each other."""
    return torch.tensor([
        [(r * r + 3 * r // 2) % 5, (r * r + 3 * r // 2) % 5 // 2, (r * r + r // 4) % 7, (r // 3 + r % 5) % 2]
        for r in range(ROWS)
    ])


def mid_ranks(codes, size):
    """The middle of each code's rows in the order of the codes."""
    counts = torch.bincount(codes, minlength=size).double()
    return (torch.cumsum(counts, 0) - counts / 2) / len(codes)


def features(ranks):
    waves = [f(math.pi * 2**k * ranks) for k in range(WAVES) for f in (torch.sin, torch.cos)]
    phi = torch.stack([2 * ranks - 1] + waves, 1)
    return torch.tensor([[rounded(x) for x in row] for row in phi.tolist()], dtype=torch.float64)


class Model:
    def __init__(self, codes):
        h, r = HIDDEN, RESIDUAL
        # NN keeps weights as (in, out); the names are those of the program.
        p = {"gru.recurrent": closed_form(1, h, 3 * h, scale=0.4), "gru.bias": closed_form(2, 1, 3 * h, scale=0.3)}
        for c, v in enumerate(VOCABULARIES):
            p[f"gru.tables.{c}"] = closed_form(3 + c, v, 3 * h, scale=0.5)
        p["query"] = closed_form(7, len(VOCABULARIES), h, scale=0.3)
        # For each column asked for, the others in table order.
        p["skips"] = closed_form(26, len(VOCABULARIES) * 2 * (len(VOCABULARIES) - 1), h, scale=0.3)
        p["block.norm.gain"] = closed_form(8, 1, h, scale=0.2, offset=1)
        p["block.norm.bias"] = closed_form(9, 1, h, scale=0.1)
        p["block.expand.weight"] = closed_form(10, h, r, scale=0.4)
        p["block.expand.bias"] = closed_form(11, 1, r, scale=0.2)
        p["block.contract.weight"] = closed_form(12, r, h, scale=0.4)
        p["block.contract.bias"] = closed_form(13, 1, h, scale=0.2)
        for c, v in enumerate(VOCABULARIES):
            p[f"heads.{c}.weight"] = closed_form(14 + c, h, v, scale=0.4)
            p[f"heads.{c}.bias"] = closed_form(18 + c, 1, v, scale=0.2)
        self.parameters = p
        self.phi = {c: features(mid_ranks(codes[:, c], VOCABULARIES[c])) for c in ORDINAL}
        self.into = {c: closed_form(22 + c, WIDTH, 3 * h, scale=0.1) for c in ORDINAL}
        self.out_of = {c: torch.zeros(WIDTH, h, dtype=torch.float64, requires_grad=True) for c in ORDINAL}

    def all(self):
        return list(self.parameters.values()) + list(self.into.values()) + list(self.out_of.values())

    def table(self, c):
        table = self.parameters[f"gru.tables.{c}"]
        return table + self.phi[c] @ self.into[c] if c in self.phi else table

    def head(self, c):
        weight = self.parameters[f"heads.{c}.weight"]
        return weight + (self.phi[c] @ self.out_of[c]).T if c in self.phi else weight

    def losses(self, codes, order):
        """Cross-entropy of each column, (B, C) in visiting order."""
        p, h = self.parameters, torch.zeros(len(codes), HIDDEN, dtype=torch.float64)
        columns, read, reach = [], [], len(VOCABULARIES) - 1
        for c in order:
            q = h + p["query"][c]
            for u in read:
                # The gains of the columns before c come first, those behind it after them.
                row = c * 2 * reach + (u - c + reach if u < c else u - c + reach - 1)
                q = q + p["skips"][row] * self.table(u)[codes[:, u]].chunk(3, 1)[2]
            read.append(c)
            inner = torch.nn.functional.layer_norm(q, (HIDDEN,), p["block.norm.gain"][0], p["block.norm.bias"][0])
            inner = torch.nn.functional.gelu(inner @ p["block.expand.weight"] + p["block.expand.bias"])
            q = q + inner @ p["block.contract.weight"] + p["block.contract.bias"]
            logits = q @ self.head(c) + p[f"heads.{c}.bias"]
            columns.append(torch.nn.functional.cross_entropy(logits, codes[:, c], reduction="none"))
            g, u = self.table(c)[codes[:, c]], h @ p["gru.recurrent"] + p["gru.bias"]
            (g_r, g_z, g_n), (u_r, u_z, u_n) = g.chunk(3, 1), u.chunk(3, 1)
            r, z = torch.sigmoid(g_r + u_r), torch.sigmoid(g_z + u_z)
            h = h + z * (torch.tanh(g_n + r * u_n) - h)
        return torch.stack(columns, 1)

    def products(self):
        """The parameters with the ordinal products multiplied out."""
        out = dict(self.parameters)
        for c in self.phi:
            out[f"gru.tables.{c}"], out[f"heads.{c}.weight"] = self.table(c), self.head(c)
        return out


def gradients(order):
    codes = table()
    model = Model(codes)
    losses = model.losses(codes, order)
    losses.sum(1).mean().backward()
    arrays = {"losses": losses.T}
    for name, parameter in model.parameters.items():
        # The table of the column that is read last has no part in the loss.
        arrays[name] = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    for c in ORDINAL:
        arrays[f"tableFactor.{c}"], arrays[f"headFactor.{c}"] = model.into[c].grad, model.out_of[c].grad.T
    return arrays


def rate(step):
    rise = min(1, step / (WARM_UP * STEPS + 1))
    fall = 0.5 * (1 + math.cos(math.pi * step / STEPS))
    return PEAK * rise * (fall * (1 - FLOOR) + FLOOR)


def trajectory():
    codes = table()
    model = Model(codes)
    optimizer = torch.optim.AdamW(model.all(), betas=(0.9, 0.99), weight_decay=0.01)
    losses, norms = [], []
    for step in range(STEPS):
        batch = codes[[(step * BATCH + i) % ROWS for i in range(BATCH)]]
        loss = model.losses(batch[:NATURAL], NATURAL_ORDER).sum() + model.losses(batch[NATURAL:], OTHER_ORDER).sum()
        loss = loss / BATCH
        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.all(), LIMIT))
        optimizer.step()
        losses.append(loss.detach())
    return {"losses": torch.stack(losses), "norms": torch.stack(norms), **model.products()}


def swift(name, arrays):
    lines = [f"  static let {name}: [String: [Double]] = ["]
    for array, tensor in arrays.items():
        numbers = [format(number, ".12g") for number in tensor.detach().flatten().tolist()]
        lines.append(f"    // {' × '.join(str(size) for size in tensor.shape)}")
        lines.append(f'    "{array}": [')
        for start in range(0, len(numbers), 6):
            lines.append("      " + ", ".join(numbers[start:start + 6]) + ",")
        lines.append("    ],")
    return lines + ["  ]", ""]


def main():
    lines = [
        "// Written by Tools/reference/trajectory.py: what PyTorch gives. Not to be edited.",
        "// swift-format-ignore-file", "", "enum GoldenTrajectory {",
    ]
    lines += swift("naturalGradients", gradients(NATURAL_ORDER))
    lines += swift("otherGradients", gradients(OTHER_ORDER))
    lines += swift("steps", trajectory())
    lines[-1] = "}"
    with open(PATH, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
