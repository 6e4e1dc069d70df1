"""Trains mostlyai-engine on a CSV file and draws rows: run by compare.py in the peer's venv.

Prints the seconds of reading, fitting and generating as JSON. Loading Python and PyTorch comes on
top of them.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import pandas
from mostlyai import engine


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--order", choices=["flexible", "natural"], required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as workspace:
        seconds = run(options, Path(workspace))
    print(json.dumps(seconds))


def run(options, workspace):
    marks = [time.perf_counter()]
    data = pandas.read_csv(options.input)
    marks.append(time.perf_counter())
    engine.split(tgt_data=data, model_type="TABULAR", workspace_dir=workspace)
    engine.analyze(workspace_dir=workspace)
    engine.encode(workspace_dir=workspace)
    engine.train(
        model=options.model,
        enable_flexible_generation=options.order == "flexible",
        workspace_dir=workspace,
    )
    marks.append(time.perf_counter())
    engine.generate(sample_size=options.rows, workspace_dir=workspace)
    drawn = pandas.read_parquet(workspace / "SyntheticData")
    drawn.to_csv(options.output, index=False)
    marks.append(time.perf_counter())
    if len(drawn) != options.rows or list(drawn.columns) != list(data.columns):
        raise SystemExit(f"{len(drawn)} rows of {list(drawn.columns)} were drawn")
    names = ("readSeconds", "fitSeconds", "generateSeconds")
    return {name: end - start for name, start, end in zip(names, marks, marks[1:])}


if __name__ == "__main__":
    main()
