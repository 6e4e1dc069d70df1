"""What the comparisons share: virtual environments, measured processes, the machine."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BENCHMARKS = Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARKS.parent

# A product of two 2048 x 2048 matrices on one thread, the better of two after a first: shows slow
# moments of the machine.
SGEMM_PROBE = """
import time
import numpy
a = numpy.random.default_rng(1).random((2048, 2048), dtype=numpy.float32)
a @ a
rates = []
for _ in range(2):
    start = time.perf_counter()
    a @ a
    rates.append(2 * 2048**3 / (time.perf_counter() - start) / 1e9)
print(max(rates))
"""

ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
}


def python_of(venv):
    """The interpreter of a virtual environment."""
    python = Path(venv) / "bin" / "python"
    if not python.exists():
        sys.exit(f"{venv} is no virtual environment: it has no bin/python.")
    return str(python)


def make_venv(name, packages, pip_arguments=()):
    """The virtual environment Benchmarks/.venv-<name>, made if it does not exist."""
    venv = BENCHMARKS / f".venv-{name}"
    complete = venv / "complete"
    if not complete.exists():
        note(f"Making {venv} with {' '.join(packages)} ...")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
        pip(venv, "install", *pip_arguments, *packages)
        complete.touch()
    return venv


def make_cpu_venv(name, package, check, torch_index):
    """A peer that needs PyTorch, with its CPU build; `check` is a line of Python that must run."""
    index = ["--extra-index-url", torch_index] if torch_index else []
    venv = make_venv(name, [package], index)
    command = [python_of(venv), "-c", check]
    if subprocess.run(command, stderr=subprocess.DEVNULL).returncode != 0:
        # They are optional, and builds that do not fit PyTorch's keep all else from being imported.
        pip(venv, "uninstall", "--yes", "torchvision", "torchaudio")
        subprocess.run(command, check=True)
    return venv


def pip(venv, *arguments):
    """Runs pip of a virtual environment; what it prints goes to standard error."""
    subprocess.run([python_of(venv), "-m", "pip", *arguments], check=True, stdout=sys.stderr)


def versions(venv, packages):
    """The installed versions of some packages."""
    code = (
        "import importlib.metadata as m, json, sys;"
        "print(json.dumps({name: m.version(name) for name in sys.argv[1:]}))"
    )
    return json.loads(output_of([python_of(venv), "-c", code, *packages]))


def output_of(command, **environment):
    """The standard output of a command that succeeds."""
    result = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    return result.stdout.strip()


def measured(command, **environment):
    """Runs a command in a process of its own; ends the program if it fails.

    CPU time is of the process and of those it waited for, peak memory of the largest among them.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            line = " ".join(map(str, command))
            sys.exit(f"{line}\nended with {process.returncode}:\n{errors.read()}")
        unit = 1 if sys.platform == "darwin" else 1024
        return {
            "wallSeconds": seconds,
            "cpuSeconds": usage.ru_utime + usage.ru_stime,
            "peakMemoryBytes": usage.ru_maxrss * unit,
            "output": output.read(),
        }


def sgemm_rate(python):
    """GFLOP/s of a large product on one thread, at this moment."""
    return float(output_of([python, "-c", SGEMM_PROBE], **ONE_THREAD))


def product(name):
    """The path of a release build in the repository or in the benchmarks' package."""
    for folder in (REPOSITORY, BENCHMARKS):
        path = folder / ".build" / "release" / name
        if path.exists():
            return path
    sys.exit(f"There is no release build of {name}: see Benchmarks/README.md.")


def machine():
    """The processor, its system and the state of the repository."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        name = lines[0].split(":", 1)[1].strip() if lines else name
    return {
        "processor": name,
        "processorCount": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "revision": output_of(["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]),
    }


def table(header, rows):
    """Rows of text in columns, the first to the left."""
    widths = [max(len(row[index]) for row in [header, *rows]) for index in range(len(header))]
    lines = []
    for row in [header, *rows]:
        cells = [
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def note(line):
    """One line on standard error."""
    print(line, file=sys.stderr, flush=True)


def summarise(runs, figures, packages, settings, venv, likeness):
    """The medians of a peer's and Likeness's runs, their ratios, and what they were measured with."""
    medians = {
        name: {key: median(run[key] for run in runs if run["program"] == name) for key in figures}
        for name in ("peer", "likeness")
    }
    return {
        "machine": machine(),
        "versions": {
            **versions(venv, packages),
            "likeness": output_of([likeness, "--version"]),
        },
        "settings": settings,
        "runs": runs,
        "medians": medians,
        "peerOverLikeness": {
            key: medians["peer"][key] / medians["likeness"][key] for key in figures
        },
    }


def print_report(report, figures):
    """Prints a summary; figures are names in the table and factors to their units."""
    for part in ("machine", "versions", "settings"):
        print(f"{part}: " + ", ".join(f"{key} {value}" for key, value in report[part].items()))
    rates = [run["sgemmGFLOPs"] for run in report["runs"]]
    print(f"sgemm, one thread: {min(rates):.0f} to {max(rates):.0f} GFLOP/s\n")
    rows = []
    for key, (name, scale) in figures.items():
        peer = report["medians"]["peer"][key] * scale
        likeness = report["medians"]["likeness"][key] * scale
        ratio = report["peerOverLikeness"][key]
        rows.append([name, f"{peer:.2f}", f"{likeness:.2f}", f"{ratio:.1f}"])
    print(table(["median", "peer", "Likeness", "peer / Likeness"], rows))
