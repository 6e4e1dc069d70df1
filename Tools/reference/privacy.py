"""Writes the privacy figures and the centroid cosine of made-up tables, for the tests of Eval to compare with.

    python3 Tools/reference/privacy.py

from the root of the repository writes Tests/EvalTests/Golden/GoldenPrivacy.swift. It needs NumPy only and works on whole
distance matrices and one-hot vectors, in Float64 but for the quantiles, which Eval keeps in Float32. The tables are
the function `table`, which the tests compute too.
"""

import numpy as np

PATH = "Tests/EvalTests/Golden/GoldenPrivacy.swift"
LEVELS = "abcdefg"


def table(rows, seed):
    """Two numbers, one of them at times missing, and two categories: `closedFormTable` in the tests."""
    i = np.arange(rows)
    mixed = (i * i * 37 + i * 101 + seed * 7919) % 1009
    first = (mixed % 97).astype(float)
    second = (mixed * 31 + i * seed) % 463 / 4
    missing = (mixed * 3 + i) % 11 == 0
    third = np.array(list(LEVELS))[(mixed // 5 + i * i) % 7 * ((mixed + i) % 3 != 0)]
    fourth = np.array(["yes", "no"])[(mixed + i) % 5 // 3]
    return {"first": first, "second": np.where(missing, np.nan, second), "third": third, "fourth": fourth}


def features(tables, real):
    """(numbers, codes, one-hot vectors) of each table."""
    parts = [([], [], []) for _ in tables]
    for name in tables[0]:
        columns = [t[name] for t in tables]
        if columns[0].dtype.kind == "f":
            known = np.sort(np.concatenate([t[name] for t in real]))
            known = known[~np.isnan(known)]
            for part, column in zip(parts, columns):
                missing = np.isnan(column)
                places = np.searchsorted(known, column, "left") + np.searchsorted(known, column, "right")
                quantiles = np.where(missing, 0.5, places / (2 * len(known))).astype(np.float32).astype(float)
                part[0].append(quantiles)
                part[1].append(missing.astype(int))
                part[2].extend([quantiles, missing.astype(float)])
        else:
            levels = np.unique(np.concatenate(columns))
            for part, column in zip(parts, columns):
                part[1].append(np.searchsorted(levels, column))
                part[2].extend((column == level) * np.sqrt(0.5) for level in levels)
    return [(np.stack(n, 1), np.stack(c, 1), np.stack(v, 1)) for n, c, v in parts]


def squared(a, b):
    """Squared distances between all rows; exact where only categories differ."""
    numbers = ((a[0][:, None] - b[0][None]) ** 2).sum(2)
    return numbers + (a[1][:, None] != b[1][None]).sum(2)


def first(count, rows):
    return tuple(part[:count] for part in rows)


def scores(real, candidates):
    """Alaa et al. 2022, as synthcity's AlphaPrecision sums it up, for as many rows of both; authenticity as in the paper."""
    alphas = np.linspace(0, 1, 30)
    center, candidates_center = real[2].mean(0), candidates[2].mean(0)
    distance_to = lambda rows, point: np.sqrt(((rows[2] - point) ** 2).sum(1))
    radii = np.quantile(distance_to(real, center), alphas)
    to_center = distance_to(candidates, center)
    among_real = np.sort(squared(real, real), 1)[:, 1]
    between = squared(real, candidates)
    closest = between.argmin(1)
    depth = distance_to(candidates, candidates_center)[closest]
    depth_radii = np.quantile(depth, alphas)
    covered = between.min(1) <= among_real
    precision = np.array([(to_center <= radius).mean() for radius in radii])
    recall = np.array([(covered & (depth <= radius)).mean() for radius in depth_radii])
    step = alphas[1] - alphas[0]
    nearest = between.argmin(0)
    authentic = between.min(0) > among_real[nearest]
    return {
        "alphaPrecision": 1 - 2 * np.abs(alphas - precision).sum() * step,
        "betaRecall": 1 - 2 * np.abs(alphas - recall).sum() * step, "authenticity": authentic.mean(),
    }


def ratio(distances):
    two = np.sqrt(np.sort(distances, 1)[:, :2])
    return np.divide(two[:, 0], two[:, 1], out=np.ones(len(two)), where=two[:, 1] > 0).mean()


def wilson(share, n, z=1.959963984540054):
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def effective_count(to_training, to_holdout):
    """Kish's effective number of candidates, clustered by the real row that is closest; a tie is a half for both sides."""
    t, h = to_training.min(1), to_holdout.min(1)
    won = np.where(t < h, 1.0, np.where(t == h, 0.5, 0.0))
    wins = np.zeros(to_training.shape[1] + to_holdout.shape[1])
    np.add.at(wins, to_training.argmin(1), won)
    np.add.at(wins, to_training.shape[1] + to_holdout.argmin(1), 1 - won)
    return min(len(t), len(t) ** 2 / (wins**2).sum())


def cosine(a, b):
    a, b = a[2].mean(0), b[2].mean(0)
    return a @ b / np.sqrt(a @ a * (b @ b))


def figures(training, holdout, synthetic):
    """Everything about one synthetic table that does not depend on which rows are sampled: all tables of one size."""
    to_training, to_holdout = squared(synthetic, training), squared(synthetic, holdout)
    from_holdout = squared(holdout, training)
    t, h = to_training.min(1), to_holdout.min(1)
    share = (t < h).mean() + (t == h).mean() / 2
    of_synthetic, of_holdout = scores(training, synthetic), scores(training, holdout)
    result = {name: [of_synthetic[name], of_holdout[name]] for name in of_synthetic}
    for name, distances in (("toTraining", t), ("toHoldout", h), ("holdoutToTraining", from_holdout.min(1))):
        distances = np.sqrt(distances)
        result[name] = [distances.mean(), *np.quantile(distances, [0.5, 0.05, 0, 0.37, 1])]
    result.update({
        "closerToTraining": [share, *wilson(share, effective_count(to_training, to_holdout))],
        "neighbourRatio": [ratio(to_training), ratio(from_holdout)],
        "identicalShare": [(t == 0).mean(), (from_holdout.min(1) == 0).mean()],
        "cosine": [cosine(training, synthetic), cosine(training, holdout)],
    })
    return result


def main():
    training, holdout = table(211, 1), table(211, 2)
    synthetic = table(211, 5)
    for column in synthetic:  # every seventh row is a copy
        synthetic[column][::7] = training[column][::7]
    result = figures(*features([training, holdout, synthetic], [training, holdout]))
    lines = [
        "// Written by Tools/reference/privacy.py: what NumPy gives. Not to be edited.", "// swift-format-ignore-file", "",
        "enum GoldenPrivacy {",
    ]
    for name, value in result.items():
        lines.append(f"  static let {name}: [Double] = [{', '.join(format(float(v), '.12g') for v in value)}]")
    with open(PATH, "w", encoding="utf-8") as file:
        file.write("\n".join(lines + ["}", ""]))


if __name__ == "__main__":
    main()
