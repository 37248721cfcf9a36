# test-figures-sweep.py - grokscope-cli figures of a sweep
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import json
import os
import subprocess

from harness import SETS, TINY, cli, contains, equal, main, read_bytes, read_rows, sets, test
from pictures import find_plotter, list_fonts

AXES = {"alpha": [0.8, 0.4], "tasks": [8, 12], "seed": [1, 2]}
RUNS = ["alpha=%s,tasks=%s,seed=%s" % (alpha, tasks, seed)
        for alpha in (0.8, 0.4) for tasks in (8, 12) for seed in (1, 2)]


def train(axes=AXES, folder="d"):
    base = {key: value for key, value in dict(TINY, steps=20).items() if key not in axes}
    with open("sweep.json", "w", encoding="utf-8") as file:
        json.dump({"name": "a test", "base": base, "axes": axes}, file)
    cli("sweep", "run", "sweep.json", folder)


@test
def the_diagram_is_that_of_the_table():
    train()
    result = cli("figures", "d", "--out", "out", "--format", "pdf,svg,png,csv")
    names = ["phase-diagram." + kind for kind in ("csv", "json", "pdf", "png", "py", "svg")]
    equal(sorted(result.out.split()), [os.path.join("out", name) for name in names])
    equal(sorted(os.listdir("out")), names)
    equal(read_bytes("out/phase-diagram.pdf")[:5], b"%PDF-")
    svg = read_bytes("out/phase-diagram.svg").decode()
    for text in ("i.d./train", "o.o.d./test", ">tasks<", "accuracy"):
        contains(svg, text)
    # (alpha, tasks) are (rows, columns) however the sweep names them
    rows = read_rows("out/phase-diagram.csv")
    equal([(row["tasks"], row["alpha"]) for row in rows],
          [("8", "0.4"), ("12", "0.4"), ("8", "0.8"), ("12", "0.8")])
    places = {(str(place["at"]["tasks"]), str(place["at"]["alpha"])): place
              for place in cli("sweep", "table", "d", "--json").json()}
    for row in rows:
        place = places[row["tasks"], row["alpha"]]
        equal((row["moment"], row["runs"], row["finished"]), ("best", "2", "2"))
        equal(row["phase"], place["best"]["phase"])
        for name in SETS:
            assert abs(float(row[name]) - place["best"][name]["mean"]) < 1e-9
            assert abs(float(row[name + "_spread"]) - place["best"][name]["spread"]) < 1e-9
    about = json.loads(read_bytes("out/phase-diagram.json"))
    equal(about["across"], {"key": "tasks", "values": ["8", "12"]})
    equal(about["up"]["values"], ["0.4", "0.8"])
    equal(about["mean_over"], "seed")
    for kind, embedded, subset in list_fonts("out/phase-diagram.pdf"):
        equal(("Type 3" in kind, embedded, subset), (False, "yes", "yes"))


@test
def moments_thresholds_and_sets():
    train()
    cli("figures", "d", "--out", "final", "--moment", "final", "--threshold", 0, "--format", "csv")
    for row in read_rows("final/phase-diagram.csv"):
        equal((row["moment"], row["step"], row["phase"]), ("final", "20", "ood-generalisation"))
    cli("figures", "d", "--out", "set", "--set", "id_train", "--format", "csv")
    equal(json.loads(read_bytes("set/phase-diagram.json"))["early_stopped_by"], "id_train")
    for row in read_rows("set/phase-diagram.csv"):
        highest = [max(float(record["id_train_last_accuracy"])
                       for record in read_rows("d/alpha=%s,tasks=%s,seed=%s/metrics.csv"
                                               % (row["alpha"], row["tasks"], seed)))
                   for seed in (1, 2)]
        assert abs(float(row["id_train"]) - sum(highest) / 2) < 1e-9


@test
def same_sweep_same_bytes():
    train()
    for out in ("one", "two"):
        cli("figures", "d", "--out", out, "--format", "pdf,svg,png,csv", "--recipe", "all",
            "--figure", "phase-diagram")
    equal(sorted(os.listdir("one")), sorted(os.listdir("two")))
    contains(os.listdir("one"), "figure-4.pdf")
    for name in os.listdir("one"):
        equal(read_bytes(os.path.join("one", name)), read_bytes(os.path.join("two", name)))


@test
def recipes_need_their_axes():
    train({"tasks": [8, 12], "alpha": [0.4, 0.8]})
    out = cli("figures", "d", "--out", "out", "--recipe", "1b", "--recipe", "4").out.split()
    equal(out, ["out/figure-1b.pdf", "out/figure-4.pdf"])
    contains(cli("figures", "d", "--out", "out", "--recipe", "3a", status=1).err, "depth")
    contains(cli("figures", "d", "--out", "all", "--recipe", "all").err, "Left out: Figure 3a")
    equal(sorted(os.listdir("all")), ["figure-1b.pdf", "figure-4.pdf"])


@test
def depths_stand_side_by_side():
    train({"tasks": [8, 12], "alpha": [0.4, 0.8], "depth": [2, 1]}, "deep")
    cli("figures", "deep", "--out", "out", "--recipe", "3a", "--format", "csv,svg")
    equal([row["depth"] for row in read_rows("out/figure-3a.csv")], ["1"] * 4 + ["2"] * 4)
    contains(read_bytes("out/figure-3a.svg").decode(), "depth 2")
    cli("figures", "deep", "--out", "one", "--at", "depth=1", "--format", "csv")
    equal({row["depth"] for row in read_rows("one/phase-diagram.csv")}, {"1"})
    cli("figures", "deep", "--out", "all", "--at", "depth=all", "--format", "csv")
    equal({row["runs"] for row in read_rows("all/phase-diagram.csv")}, {"2"})
    contains(cli("figures", "deep", "--out", "x", "--at", "depth=3", status=2).err, "2, 1")
    contains(cli("figures", "deep", "--out", "x", "--at", "shots=3", status=2).err, "no axis")


@test
def unfinished_runs_are_missing_unless_asked_for():
    train()
    os.rename("d/" + RUNS[0], "d/aside")
    os.rename("d/" + RUNS[1], "d/aside-too")
    cli("figures", "d", "--out", "out", "--format", "csv,svg")
    (row,) = [row for row in read_rows("out/phase-diagram.csv") if row["counted"] == "0"]
    equal((row["tasks"], row["alpha"], row["phase"], row["id_train"]), ("8", "0.8", "", ""))
    contains(read_bytes("out/phase-diagram.svg").decode(), "no result yet")


@test
def runs_and_sweeps_are_told_apart():
    train()
    run = "d/" + RUNS[0]
    for figure in ("--figure", "phase-diagram"), ("--recipe", "1b"), ("--recipe", "3a"):
        contains(cli("figures", run, "--out", "out", *figure, status=2).err, "sweep")
    contains(cli("figures", run, "--out", "out", "--moment", "final", status=2).err, "sweep")
    for figure in ("--figure", "attention"), ("--recipe", "6"):
        contains(cli("figures", "d", "--out", "out", *figure, status=2).err, "one run")
    for option, value, message in (("--figure", "diagram", "phase-diagram"),
                                   ("--recipe", "9", "1b, 3a, 4"),
                                   ("--moment", "late", "best, final"),
                                   ("--set", "all", "no set"),
                                   ("--threshold", "1.5", "from 0 to 1")):
        contains(cli("figures", "d", "--out", "out", option, value, status=2).err, message)
    assert not os.path.exists("out")


@test
def the_script_draws_the_diagram_again():
    train()
    cli("figures", "d", "--out", "out", "--format", "csv", "--recipe", "1b", "--recipe", "4",
        "--figure", "phase-diagram")
    for name in ("phase-diagram", "figure-1b", "figure-4"):
        subprocess.run([find_plotter(), "-W", "error::UserWarning", "out/%s.py" % name],
                       check=True)
        equal(read_bytes("out/%s-matplotlib.pdf" % name)[:5], b"%PDF-")


main()
