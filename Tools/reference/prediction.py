"""Prints what scikit-learn makes of made-up scores and predictions: the figures in Tests/EvalTests/Prediction.

    python3 Tools/reference/prediction.py

The numbers in the tests come from scikit-learn 1.9.1.
"""

import numpy as np
from sklearn.metrics import r2_score, roc_auc_score, roc_curve, root_mean_squared_error


def two_classes():
    i = np.arange(60)
    scores = i * 7 % 13 / 13
    is_positive = (i * i % 5 < 2) ^ (i % 7 == 3)
    print("auc", roc_auc_score(is_positive, scores))
    false, true, _ = roc_curve(is_positive, scores, drop_intermediate=False)
    print("curve", np.round(false, 12).tolist(), np.round(true, 12).tolist())


def several_classes():
    i = np.arange(90)
    classes = (i * i + i // 7) % 4
    chances = np.array(
        [[1 + (row * 3 + k * 5) % 11 + (3 if classes[row] == k and row % 3 else 0) for k in range(4)] for row in i], float
    )
    chances /= chances.sum(axis=1, keepdims=True)
    print("macro auc", roc_auc_score(classes, chances, multi_class="ovr", average="macro"))


def numbers():
    i = np.arange(50)
    actual = np.sin(0.7 * i + 0.013 * i * i) * 100
    predicted = actual * 0.8 + np.cos(1.3 * i) * 20 + 3
    print("r2", r2_score(actual, predicted), "rmse", root_mean_squared_error(actual, predicted))


two_classes()
several_classes()
numbers()
