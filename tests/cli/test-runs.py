# test-runs.py - grokscope-cli runs
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import csv
import io
import os

from harness import cli, contains, equal, main, sets, test


def train_three():
    for name, depth, seed in (("b-run", 1, 1), ("a-run", 2, 2), ("c-run", 1, 3)):
        cli("train", *sets(depth=depth, seed=seed), os.path.join("all", name))


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@test
def a_folder_of_runs_is_compared_by_name():
    train_three()
    rows = read(cli("runs", "all", "--csv").out)
    equal([row["run"] for row in rows], ["a-run", "b-run", "c-run"])
    equal([row["depth"] for row in rows], ["2", "1", "1"])
    equal([row["seed"] for row in rows], ["2", "1", "3"])


@test
def the_peak_is_the_best_record():
    train_three()
    with open("all/a-run/metrics.csv") as file:
        records = list(csv.DictReader(file))
    for name in ("ood_test", "id_train"):
        row = read(cli("runs", "all/a-run", "--csv", "--set", name).out)[0]
        accuracies = [float(record[name + "_last_accuracy"]) for record in records]
        equal(float(row["peak"]), max(accuracies))
        equal(row["peak_step"], records[accuracies.index(max(accuracies))]["step"])
        equal(float(row["final"]), accuracies[-1])
        assert abs(float(row["drop"]) - (max(accuracies) - accuracies[-1])) < 1e-12


@test
def json_has_the_same_numbers():
    train_three()
    rows = read(cli("runs", "all", "--csv").out)
    objects = cli("runs", "all", "--json").json()
    equal(len(objects), 3)
    for row, thing in zip(rows, objects):
        equal(list(row), list(thing))
        for key, cell in row.items():
            if cell == "":
                equal(thing[key], None)
            elif isinstance(thing[key], str):
                equal(thing[key], cell)
            else:
                equal(float(cell), thing[key])


@test
def rows_are_sorted_by_a_column_the_best_first():
    train_three()
    peaks = [float(row["peak"])
             for row in read(cli("runs", "all", "--csv", "--sort", "peak").out)]
    equal(peaks, sorted(peaks, reverse=True))
    names = [row["run"] for row in read(cli("runs", "all", "--csv", "--sort", "run").out)]
    equal(names, sorted(names))


@test
def the_table_for_people_has_every_run_and_heading():
    train_three()
    lines = cli("runs", "all").out.splitlines()
    equal(len(lines), 4)
    contains(lines[0], "half_life")
    assert lines[1].startswith("a-run") and lines[3].startswith("c-run")


@test
def a_threshold_of_zero_solves_everything():
    train_three()
    for row in read(cli("runs", "all", "--csv", "--threshold", "0").out):
        equal(row["peak_phase"], "ood-generalisation")
        equal(row["final_phase"], "ood-generalisation")


@test
def what_cannot_be_read_is_told_and_the_rest_is_shown():
    train_three()
    with open("all/b-run/config.json", "w") as file:
        file.write("{")
    result = cli("runs", "all", "--csv", status=1)
    contains(result.err, "config.json")
    equal([row["run"] for row in read(result.out)], ["a-run", "c-run"])
    os.mkdir("empty")
    contains(cli("runs", "empty", status=1).err, "empty")
    contains(cli("runs", "missing", status=1).err, "missing")


@test
def misuse_is_told():
    os.mkdir("all")
    contains(cli("runs", status=2).err, "runs --help")
    contains(cli("runs", "all", "--set", "train", status=2).err, "train")
    contains(cli("runs", "all", "--threshold", "2", status=2).err, "threshold")
    contains(cli("runs", "all", "--csv", "--json", status=2).err, "--csv")


main()
