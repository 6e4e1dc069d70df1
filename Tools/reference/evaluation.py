"""Writes what the public packages give for small tables, for the tests of Eval to compare with.

    python3 Tools/reference/evaluation.py

from the root of the repository writes Tests/EvalTests/Golden/EvaluationGolden.swift. It needs mostlyai-qa and sdmetrics;
the numbers in the repository come from versions 1.10.11 and 0.32.0. The tables are drawn by SplitMix64, which the tests
do too (Tests/EvalTests/Support/SmallTables.swift), with whole numbers only.
"""

import itertools

import numpy as np
import pandas as pd
from mostlyai.qa import _accuracy as qa
from scipy.stats.contingency import association
from sdmetrics.reports.single_table._properties import ColumnPairTrends, ColumnShapes

PATH = "Tests/EvalTests/Golden/EvaluationGolden.swift"
TOWNS = ["Ulm", "Bonn", "Halle", "Jena", "Kiel", "Trier", "Wesel", "Emden", "Gera", "Hof", "Plauen", "Soest", "Worms", "Zeitz"]
NUMBERS, CATEGORIES = ["age", "hours", "gain"], ["town", "district", "member"]


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        word = self.state
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & mask
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB & mask
        return (word ^ (word >> 31)) % limit


def table(seed, count, shift=0):
    """People whose towns and ages move with `shift`; above 0 there are districts of the wrong town, too."""
    random, rows = SplitMix64(seed), []
    for _ in range(count):
        age = 17 + random.below(40) + random.below(30 + 5 * shift)
        hours = 40 if random.below(3) == 0 else 1 + random.below(80)
        hours = None if random.below(12) == 0 else hours
        gain = 0 if random.below(10) < 8 else random.below(100_000) / 100
        town = random.below(14 - shift) * random.below(14) // 13
        district = town % 4 if shift == 0 or random.below(10) > 0 else random.below(5)
        member = "yes" if age + random.below(30) > 55 else "no"
        name = "_RARE_" if shift > 0 and random.below(20) == 0 else TOWNS[town]
        name = None if random.below(20) == 0 else name
        rows.append((age, hours, gain, name, f"d{district}", member))
    frame = pd.DataFrame(rows, columns=["age", "hours", "gain", "town", "district", "member"])
    return frame.astype({"age": float, "hours": float, "gain": float})


def accuracies(real, other, bins):
    prefixed = [frame.rename(columns=lambda name: f"tgt::{name}") for frame in (real, other)]
    real, other = (qa.bin_data(frame, bins)[0] for frame in prefixed)
    parts = {
        "univariate": qa.calculate_univariates(real, other),
        "bivariate": qa.calculate_bivariates(real, other),
        "trivariate": qa.calculate_trivariates(real, other),
    }
    return {name: (part.accuracy.mean(), part.accuracy_max.mean()) for name, part in parts.items()}, parts


def accuracy(training, holdout, synthetic):
    real = pd.concat([training, holdout], ignore_index=True)
    bins = qa.bin_data(real.rename(columns=lambda name: f"tgt::{name}"), 10)[1]
    means, parts = accuracies(real, synthetic, bins)
    held, held_parts = accuracies(training, holdout, bins)
    numbers = {}
    for name, (value, expected) in means.items():
        numbers[name] = [value, expected, held[name][0]]
    for part, held_part in zip(parts["univariate"].itertuples(), held_parts["univariate"].itertuples()):
        numbers[part.column[5:]] = [part.accuracy, held_part.accuracy]
    for part, held_part in zip(parts["bivariate"].itertuples(), held_parts["bivariate"].itertuples()):
        # Every pair stands there twice.
        first, second = part.col1[5:], part.col2[5:]
        if list(real.columns).index(first) < list(real.columns).index(second):
            numbers[f"{first}, {second}"] = [part.accuracy, held_part.accuracy]
    return numbers


def sdmetrics(training, other):
    metadata = {"columns": {name: {"sdtype": "numerical"} for name in NUMBERS}
                | {name: {"sdtype": "categorical"} for name in CATEGORIES}}
    metadata["columns"] = {name: metadata["columns"][name] for name in training.columns}
    shapes, trends = ColumnShapes(), ColumnPairTrends()
    trends.num_rows_subsample = None
    shapes.get_score(training, other, metadata)
    trends.get_score(training, other, metadata)
    numbers = {row["Column"]: row["Score"] for _, row in shapes.details.iterrows()}
    for _, row in trends.details.iterrows():
        numbers[f"{row['Column 1']}, {row['Column 2']}"] = row["Score"]
    return numbers


def cramers_v(first, second):
    """Bergsma (2013), from the uncorrected one of scipy."""
    counts = pd.crosstab(first.fillna("(missing)"), second.fillna("(missing)")).to_numpy()
    n, (rows, columns) = counts.sum(), counts.shape
    square = association(counts, method="cramer") ** 2 * (min(rows, columns) - 1)
    square = max(0, square - (rows - 1) * (columns - 1) / (n - 1))
    return np.sqrt(square / min(size - 1 - (size - 1) ** 2 / (n - 1) for size in (rows, columns)))


def correlation_ratio(numbers, codes):
    """The root of Kelley's epsilon squared (1935)."""
    frame = pd.DataFrame({"x": numbers, "code": codes.fillna("(missing)")}).dropna()
    groups = frame.groupby("code").x
    within = (frame.x - groups.transform("mean")).pow(2).sum() / (len(frame) - groups.ngroups)
    return np.sqrt(max(0, 1 - within / frame.x.var()))


def associations(frame):
    numbers = {}
    for first, second in itertools.combinations(frame.columns, 2):
        name = f"{first}, {second}"
        if first in NUMBERS and second in NUMBERS:
            numbers[name] = frame[first].corr(frame[second])
        elif first in NUMBERS:
            numbers[name] = correlation_ratio(frame[first], frame[second])
        else:
            numbers[name] = cramers_v(frame[first], frame[second])
    return numbers


def statistics(frame, training):
    by_member, by_both = frame.groupby("member"), frame.groupby(["district", "member"])
    known = {f"d{district}" for district in range(4)}
    return {
        "mean(hours) by member": by_member.hours.mean(),
        "median(age) by member": by_member.age.median(),
        "quantile(age,0.9) by member": by_member.age.quantile(0.9),
        "share(town='Ulm') by member": by_member.town.apply(lambda towns: (towns == "Ulm").mean()),
        "count by member": by_member.size() * len(training) / len(frame),
        "mean(age) by district,member": by_both.age.mean().loc[lambda means: means.index.get_level_values(0).isin(known)],
    }


def swift(name, comment, numbers):
    lines = [f"  /// {comment}", f"  static let {name}: [String: [Double]] = ["]
    for key, values in numbers.items():
        values = [format(float(value), ".12g") for value in np.atleast_1d(values)]
        lines.append(f'    "{key}": [{", ".join(values)}],')
    return lines + ["  ]", ""]


def main():
    training, holdout, synthetic = table(1, 900), table(2, 300), table(3, 500, shift=2)
    real_pairs = set(map(tuple, pd.concat([training, holdout])[["town", "district"]].fillna("").to_numpy()))
    pairs = set(map(tuple, training[["town", "district"]].fillna("").to_numpy()))
    rule = [np.mean([tuple(pair) in allowed for pair in frame[["town", "district"]].fillna("").to_numpy()])
            for frame, allowed in ((synthetic, real_pairs), (holdout, pairs))]
    by_table = [statistics(frame, training) for frame in (training, holdout, synthetic)]
    lines = [
        "// Written by Tools/reference/evaluation.py: what public packages give. Not to be edited.",
        "// swift-format-ignore-file", "", "enum EvaluationGolden {",
    ]
    lines += swift(
        "accuracy", "mostlyai-qa: value, expected and holdout of the means, value and holdout of columns and pairs.",
        accuracy(training, holdout, synthetic))
    lines += swift("similarity", "SDMetrics: columns' shapes and pairs' trends.", sdmetrics(training, synthetic))
    lines += swift("holdoutSimilarity", "The same for the holdout.", sdmetrics(training, holdout))
    lines += swift("associations", "Pandas and scipy: associations in the training table.", associations(training))
    lines += swift("syntheticAssociations", "The same in the synthetic table.", associations(synthetic))
    lines += swift(
        "rule", "Pandas: shares of synthetic and holdout rows whose town and district go together, and how many pairs do.",
        {"town,district": [*rule, len(real_pairs)]})
    lines += swift(
        "statistics", "Pandas: groups of the training table, then of the holdout, then of the synthetic table.",
        {name: np.concatenate([statistic[name] for statistic in by_table]) for name in by_table[0]})
    with open(PATH, "w", encoding="utf-8") as file:
        file.write("\n".join(lines[:-1]) + "\n}\n")


if __name__ == "__main__":
    main()
