#!/usr/bin/env python3
"""Compares how fast DuckDB, polars and Likeness read all of a plain CSV file on one thread.

Two kinds of reading: `text` cuts out every field, `typed` finds out the columns' types as well.
Every reading is a process of its own and timed inside of it, from opening the file; readers take
turns, and the file is in the page cache.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

from common import ONE_THREAD, machine, make_venv, measured, note, product, python_of, sgemm_rate
from common import table, versions

PACKAGES = ["duckdb", "polars", "numpy"]


def duckdb_text(path):
    """The sum of the lengths of all fields."""
    return duckdb_scan(path, "all_varchar = true", "sum(strlen({}))")


def duckdb_typed(path):
    """The smallest value of every column, and how many there are."""
    return duckdb_scan(path, "sample_size = -1", "count({0}), min({0})")


def duckdb_scan(path, option, aggregate):
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    start = time.perf_counter()
    source = f"read_csv('{path.replace(chr(39), chr(39) * 2)}', header = true, {option})"
    names = [row[0] for row in connection.execute(f"describe from {source}").fetchall()]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    aggregates = ", ".join(aggregate.format(name) for name in quoted)
    count = connection.execute(f"select count(*), {aggregates} from {source}").fetchone()[0]
    return time.perf_counter() - start, count


def polars_text(path):
    """All columns as text."""
    return polars_read(path, infer_schema=False)


def polars_typed(path):
    """All columns with the types that all rows show."""
    return polars_read(path, infer_schema_length=None)


def polars_read(path, **options):
    import polars

    start = time.perf_counter()
    count = polars.read_csv(path, **options).height
    return time.perf_counter() - start, count


PYTHON_READERS = {
    "DuckDB, text": duckdb_text,
    "DuckDB, typed": duckdb_typed,
    "polars, text": polars_text,
    "polars, typed": polars_typed,
}
LIKENESS_READERS = {"Likeness, text": "split", "Likeness, typed": "profile"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--input", required=True, help="a plain CSV file with a header row")
    parser.add_argument("--repeats", type=int, default=5, help="readings of each (default: 5)")
    parser.add_argument("--venv", help="a virtual environment with duckdb, polars and numpy")
    parser.add_argument("--json", help="where to write all figures")
    parser.add_argument("--only", choices=PYTHON_READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        seconds, count = PYTHON_READERS[options.only](options.input)
        print(json.dumps({"seconds": seconds, "result": count}))
        return
    if options.repeats < 1:
        parser.error("--repeats must be at least 1")
    report = compare(options)
    print_report(report)
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=2) + "\n")


def compare(options):
    venv = options.venv or make_venv("readers", PACKAGES)
    python = python_of(venv)
    commands = {
        name: [python, __file__, "--input", options.input, "--only", name]
        for name in PYTHON_READERS
    }
    for name, mode in LIKENESS_READERS.items():
        commands[name] = [str(product("readers")), mode, options.input]
    # Reads the file once, so that all find it in memory.
    byte_count = len(Path(options.input).read_bytes())
    runs = []
    for repeat in range(options.repeats):
        rate = sgemm_rate(python)
        for name, command in commands.items():
            result = measured(command, **ONE_THREAD)
            told = json.loads(result.pop("output"))
            place = {"reader": name, "repeat": repeat + 1, "sgemmGFLOPs": rate}
            runs.append({**place, **told, **result})
        note(f"{repeat + 1}/{options.repeats}: sgemm {rate:.0f} GFLOP/s")
    check_results(runs)
    rates = {
        name: median(byte_count / 1e6 / run["seconds"] for run in runs if run["reader"] == name)
        for name in commands
    }
    memory = {
        name: median(run["peakMemoryBytes"] for run in runs if run["reader"] == name)
        for name in commands
    }
    return {
        "machine": machine(),
        "versions": versions(venv, PACKAGES),
        "settings": {
            "input": Path(options.input).name,
            "bytes": byte_count,
            "repeats": options.repeats,
        },
        "runs": runs,
        "medianMBPerSecond": rates,
        "medianPeakMemoryBytes": memory,
    }


def check_results(runs):
    """All must have found the same number of rows, except the one that sums lengths instead."""
    counts = {run["result"] for run in runs if run["reader"] != "Likeness, text"}
    if len(counts) != 1 or 0 in counts:
        sys.exit(f"The readers found different numbers of rows: {sorted(counts)}.")


def print_report(report):
    for part in ("machine", "versions", "settings"):
        print(f"{part}: " + ", ".join(f"{key} {value}" for key, value in report[part].items()))
    rates = [run["sgemmGFLOPs"] for run in report["runs"]]
    print(f"sgemm, one thread: {min(rates):.0f} to {max(rates):.0f} GFLOP/s\n")
    rows = [
        [name, f"{rate:.0f}", f"{report['medianPeakMemoryBytes'][name] / 1e6:.0f}"]
        for name, rate in report["medianMBPerSecond"].items()
    ]
    print(table(["median", "MB/s", "peak memory, MB"], rows))


if __name__ == "__main__":
    main()
