# common.py - what all scripts begin with: reading the table, sizes and colours
#
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import math
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

FOLDER = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(FOLDER, os.path.splitext(CSV)[0] + "-matplotlib.pdf")
UNIT = TEXT_SIZE / 8

plt.rcParams.update({
    "font.family": "sans-serif",
    "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": TEXT_SIZE,
    "axes.labelsize": TEXT_SIZE,
    "axes.titlesize": TEXT_SIZE,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "legend.fontsize": TEXT_SIZE,
    "legend.frameon": False,
    "figure.titlesize": 9 * UNIT,
    "figure.titleweight": "bold",
    "axes.linewidth": 0.6 * UNIT,
    "lines.linewidth": 1.1 * UNIT,
    "lines.markersize": 4.2 * UNIT,
    "patch.linewidth": 0.6 * UNIT,
    "xtick.major.width": 0.6 * UNIT,
    "ytick.major.width": 0.6 * UNIT,
    "pdf.fonttype": 42,  # TrueType, not Type 3
    "svg.fonttype": "none",  # text as text
    "svg.hashsalt": "grokscope",
})

SETS = {
    "id_train": ("i.d./train", dict(color="#0072b2", marker="o")),
    "id_test": ("i.d./test", dict(color="#56b4e9", marker="o", markerfacecolor="white")),
    "ood_train": ("o.o.d./train", dict(color="#e69f00", marker="D")),
    "ood_test": ("o.o.d./test", dict(color="#d55e00", marker="D", markerfacecolor="white")),
}
BAYES = dict(color="#000000", linestyle="--")
RATIO = dict(color="#009e73", linestyle="--")
MEMORISING = dict(color="#cc79a7", linestyle="-.")
CHANCE = dict(color="#6e6e6e", linestyle=":")
RIGHT, WRONG, MISSING = "#0072b2", "#e69f00", "#d0d0d0"
DIVERGING = matplotlib.colors.LinearSegmentedColormap.from_list(
    "diverging", ["#08519c", "#6baed6", "#ffffff", "#f4a742", "#b35806"])


def number(text):
    """NaN for an empty cell."""
    return float(text) if text else math.nan


def read():
    with open(os.path.join(FOLDER, CSV), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(rows, name):
    return [number(row[name]) for row in rows]


def grid(rows, x, y, value, n):
    """values[y][x] of the rows, NaN where there is none."""
    values = [[math.nan] * n for _ in range(n)]
    for row in rows:
        values[int(row[y])][int(row[x])] = number(row[value])
    return values


def unique(rows, name):
    """The column's values, each once, in order."""
    return list(dict.fromkeys(row[name] for row in rows))


def image(axes, values, **how):
    how.setdefault("origin", "lower")
    return axes.imshow(values, interpolation="nearest", **how)


def accuracy_axis(axes, label="accuracy"):
    axes.set_ylim(-0.03, 1.03)
    axes.set_ylabel(label)


def new_figure(rows=1, columns=1, **how):
    return plt.subplots(rows, columns, figsize=(WIDTH, HEIGHT), squeeze=False,
                        constrained_layout=True, **how)


def finish():
    figure = plt.gcf()
    figure.suptitle(TITLE)
    out = sys.argv[1] if len(sys.argv) > 1 else OUT
    metadata = {"Title": TITLE}
    if out.endswith(".pdf"):
        metadata.update(Subject=SETTINGS, CreationDate=None)
    elif out.endswith(".svg"):
        metadata.update(Description=SETTINGS, Date=None)
    else:
        metadata.update(Description=SETTINGS)
    figure.savefig(out, dpi=300, metadata=metadata)


rows = read()
