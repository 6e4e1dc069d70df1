"""Judges a synthetic table with mostlyai-qa: run by evaluate.py in the peer's venv.

Prints the seconds of reading and judging and some figures as JSON. Loading Python and PyTorch comes
on top of them.
"""

import argparse
import json
import time

import pandas
from mostlyai import qa


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", required=True)
    parser.add_argument("--holdout", required=True)
    parser.add_argument("--synthetic", required=True)
    parser.add_argument("--report", required=True)
    options = parser.parse_args()
    marks = [time.perf_counter()]
    tables = [pandas.read_csv(path) for path in (options.train, options.holdout, options.synthetic)]
    marks.append(time.perf_counter())
    _, metrics = qa.report(
        trn_tgt_data=tables[0],
        hol_tgt_data=tables[1],
        syn_tgt_data=tables[2],
        report_path=options.report,
    )
    marks.append(time.perf_counter())
    if metrics is None:
        raise SystemExit("mostlyai-qa has made a report without figures")
    print(
        json.dumps(
            {
                "readSeconds": marks[1] - marks[0],
                "judgeSeconds": marks[2] - marks[1],
                "figures": {
                    "accuracy": metrics.accuracy.overall,
                    "univariate": metrics.accuracy.univariate,
                    "bivariate": metrics.accuracy.bivariate,
                    "trivariate": metrics.accuracy.trivariate,
                    "discriminatorAUC": metrics.similarity.discriminator_auc_training_synthetic,
                    "closerToTraining": metrics.distances.dcr_share,
                },
            }
        )
    )


if __name__ == "__main__":
    main()
