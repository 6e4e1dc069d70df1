#!/usr/bin/env python3
"""Compares Likeness with mostlyai-engine on one table: time, processor time and memory.

Both train and draw rows alternately, each in processes of its own, and before each of them the rate
of a large product is measured, so that slow moments of the machine are visible. Arguments after --
are passed on to `likeness train`.
"""

import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path

from common import make_cpu_venv, measured, note, product, python_of
from common import print_report, sgemm_rate, summarise

PEER_PACKAGE = "mostlyai-engine"
PEER_VERSION = "2.7.3"

# What is compared: its name in the table, and the factor to its unit.
FIGURES = {
    "wallSeconds": ("wall time, s", 1),
    "trainSeconds": ("of it training, s", 1),
    "generateSeconds": ("of it drawing, s", 1),
    "cpuSeconds": ("processor time, s", 1),
    "peakMemoryBytes": ("peak memory, MB", 1e-6),
}


def main():
    options = parse_options()
    venv = options.venv or make_cpu_venv(
        "peer", f"{PEER_PACKAGE}=={PEER_VERSION}", "from mostlyai import engine", options.torch_index
    )
    python = python_of(venv)
    likeness = options.likeness or product("likeness")
    runs = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for repeat in range(options.repeats):
            # Who is first takes turns as well.
            for name in ("peer", "likeness") if repeat % 2 == 0 else ("likeness", "peer"):
                rate = sgemm_rate(python)
                output = folder / f"{name}-{repeat + 1}.csv"
                if name == "peer":
                    figures = run_peer(python, options, output)
                else:
                    figures = run_likeness(likeness, options, output)
                check_rows(output, options.rows)
                runs.append({"program": name, "repeat": repeat + 1, "sgemmGFLOPs": rate, **figures})
                note(
                    f"{repeat + 1}/{options.repeats} {name}: {figures['wallSeconds']:.1f} s, "
                    f"sgemm {rate:.0f} GFLOP/s"
                )
    settings = {
        "input": Path(options.input).name,
        "rows": options.rows,
        "repeats": options.repeats,
        "peerOrder": options.peer_order,
        "peerModel": options.model_size,
        "likenessTrain": options.train_arguments,
    }
    packages = [PEER_PACKAGE, "torch", "numpy", "pandas"]
    report = summarise(runs, FIGURES, packages, settings, venv, likeness)
    print_report(report, FIGURES)
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=2) + "\n")


def parse_options():
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--input", required=True, help="the CSV file to train on, plain or gzip")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--rows", type=int, default=10_000, help="rows to draw (default: 10000)")
    parser.add_argument(
        "--peer-order",
        choices=["flexible", "natural"],
        default="flexible",
        help="whether the peer trains for any order of columns, its default, or for theirs alone",
    )
    parser.add_argument(
        "--model-size",
        choices=["small", "medium", "large"],
        default="medium",
        help="the peer's model (default: medium); that of Likeness is given after --",
    )
    parser.add_argument("--venv", help=f"a virtual environment with {PEER_PACKAGE} {PEER_VERSION}")
    parser.add_argument(
        "--torch-index", help="the package index of PyTorch's CPU builds, where pip has no other"
    )
    parser.add_argument("--likeness", help="the program (default: the release build)")
    parser.add_argument("--keep", help="a folder to keep the drawn tables in")
    parser.add_argument("--json", help="where to write all figures")
    options = parser.parse_args(arguments[:split])
    if options.repeats < 1 or options.rows < 1:
        parser.error("--repeats and --rows must be at least 1")
    options.train_arguments = arguments[split + 1 :]
    return options


def run_peer(python, options, output):
    result = measured(
        [
            python,
            str(Path(__file__).with_name("peer_run.py")),
            *("--input", options.input, "--output", str(output), "--rows", str(options.rows)),
            *("--model", f"MOSTLY_AI/{options.model_size.capitalize()}"),
            *("--order", options.peer_order),
        ]
    )
    told = json.loads(result.pop("output").splitlines()[-1])
    result["trainSeconds"] = told["readSeconds"] + told["fitSeconds"]
    result["generateSeconds"] = told["generateSeconds"]
    return result


def run_likeness(likeness, options, output):
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.likeness"
        train = measured(
            [likeness, "train", options.input, "-o", model, "--quiet", *options.train_arguments]
        )
        generate = measured(
            [likeness, "generate", model, "--rows", str(options.rows), "-o", output]
        )
    return {
        "wallSeconds": train["wallSeconds"] + generate["wallSeconds"],
        "trainSeconds": train["wallSeconds"],
        "generateSeconds": generate["wallSeconds"],
        "cpuSeconds": train["cpuSeconds"] + generate["cpuSeconds"],
        "peakMemoryBytes": max(train["peakMemoryBytes"], generate["peakMemoryBytes"]),
    }


def check_rows(path, count):
    with open(path, newline="") as file:
        found = sum(1 for _ in csv.reader(file)) - 1
    if found != count:
        sys.exit(f"{path} has {found} rows instead of {count}.")


if __name__ == "__main__":
    main()
