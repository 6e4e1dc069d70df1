#!/usr/bin/env python3
"""Compares `likeness evaluate` with the quality report of mostlyai-qa: time, memory and figures.

Both judge the same synthetic table against the same real ones and write a page of HTML, alternately
and in processes of their own. Before each run the rate of a large product is measured, so that slow
moments of the machine are visible. Arguments after -- are passed on to `likeness evaluate`.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from common import make_cpu_venv, measured, note, product, python_of
from common import print_report, sgemm_rate, summarise, table

PEER_PACKAGE = "mostlyai-qa"
PEER_VERSION = "1.10.11"

# What is compared: its name in the table, and the factor to its unit.
FIGURES = {
    "wallSeconds": ("wall time, s", 1),
    "cpuSeconds": ("processor time, s", 1),
    "peakMemoryBytes": ("peak memory, MB", 1e-6),
    "reportBytes": ("report, MB", 1e-6),
}


def main():
    options = parse_options()
    venv = options.venv or make_cpu_venv(
        "qa", f"{PEER_PACKAGE}=={PEER_VERSION}", "from mostlyai import qa", options.torch_index
    )
    python = python_of(venv)
    likeness = options.likeness or product("likeness")
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for repeat in range(options.repeats):
            # Who is first takes turns as well.
            for name in ("peer", "likeness") if repeat % 2 == 0 else ("likeness", "peer"):
                rate = sgemm_rate(python)
                report = Path(folder) / f"{name}-{repeat + 1}.html"
                judge = run_peer if name == "peer" else run_likeness
                figures = judge(python if name == "peer" else likeness, options, report)
                figures["reportBytes"] = report.stat().st_size
                runs.append({"program": name, "repeat": repeat + 1, "sgemmGFLOPs": rate, **figures})
                note(
                    f"{repeat + 1}/{options.repeats} {name}: {figures['wallSeconds']:.1f} s, "
                    f"sgemm {rate:.0f} GFLOP/s"
                )
    settings = {
        "train": Path(options.train).name,
        "holdout": Path(options.holdout).name,
        "synthetic": Path(options.synthetic).name,
        "repeats": options.repeats,
        "likenessEvaluate": options.evaluate_arguments,
    }
    packages = [PEER_PACKAGE, "torch", "numpy", "pandas"]
    report = summarise(runs, FIGURES, packages, settings, venv, likeness)
    print_report(report, FIGURES)
    print()
    print(table(["figure of the last run", "peer", "Likeness"], figure_rows(report["runs"])))
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=2) + "\n")


def parse_options():
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", required=True, help="the CSV file of the training rows")
    parser.add_argument("--holdout", required=True, help="the CSV file of other real rows")
    parser.add_argument("--synthetic", required=True, help="the CSV file that is judged")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument("--venv", help=f"a virtual environment with {PEER_PACKAGE} {PEER_VERSION}")
    parser.add_argument(
        "--torch-index", help="the package index of PyTorch's CPU builds, where pip has no other"
    )
    parser.add_argument("--likeness", help="the program (default: the release build)")
    parser.add_argument("--json", help="where to write all figures")
    options = parser.parse_args(arguments[:split])
    if options.repeats < 1:
        parser.error("--repeats must be at least 1")
    options.evaluate_arguments = arguments[split + 1 :]
    options.tables = [
        *("--train", options.train),
        *("--holdout", options.holdout),
        *("--synthetic", options.synthetic),
    ]
    return options


def run_peer(python, options, report):
    script = Path(__file__).with_name("evaluate_run.py")
    result = measured([python, str(script), *options.tables, "--report", str(report)])
    return {**result, **json.loads(result.pop("output").splitlines()[-1])}


def run_likeness(likeness, options, report):
    metrics = report.with_suffix(".json")
    outputs = ["-o", report, "--json", metrics, "--quiet"]
    result = measured([likeness, "evaluate", *options.tables, *outputs, *options.evaluate_arguments])
    del result["output"]
    told = json.loads(metrics.read_text())["synthetic"][0]
    accuracy = told["accuracy"]
    result["figures"] = {
        "accuracy": accuracy["overall"]["value"],
        "univariate": accuracy["univariate"]["value"],
        "bivariate": accuracy["bivariate"]["value"],
        "trivariate": accuracy["trivariate"]["value"],
        "discriminatorAUC": told["similarity"]["discriminator"]["auc"]["value"],
        "closerToTraining": told["privacy"]["closerToTraining"]["value"],
    }
    return result


def figure_rows(runs):
    last = {run["program"]: run["figures"] for run in runs}
    return [
        [name, f"{value:.4f}", f"{last['likeness'][name]:.4f}"]
        for name, value in last["peer"].items()
    ]


if __name__ == "__main__":
    main()
