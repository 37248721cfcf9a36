# test-analyse.py - every kind of analysis, as text, JSON and CSV
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import csv
import fcntl
import io
import json
import math
import os
import pty
import select
import signal
import subprocess
import time

from harness import CLI, SETS, TINY, cli, contains, equal, fixture, main, sets, start, test

KINDS = ("kshot", "pca", "attention", "cosine", "roles", "ablation", "noise", "lens", "spectrum")
P, SHOTS, HEADS, DEPTH = TINY["p"], TINY["shots"], TINY["heads"], TINY["depth"]
SEQUENCES = TINY["eval_sequences"]
# What the fixture in tests/data was made with, as flags of eval and analyse.
PTH = [fixture("depth2.pth"), "--heads", "2", "--set", "p=7", "--set", "tasks=20", "--set",
       "eval_sequences=16"]


def trained(**recipe):
    cli("train", *sets(**recipe), "run")


def analyse(kind, *options, source="run"):
    """The JSON, without what all kinds have."""
    result = cli("analyse", source, "--what", kind, "--json", *options).json()
    equal(list(result)[:4], ["what", "step", "p", "ablated"])
    equal(result["what"], kind)
    return result


def rows(kind, *options):
    return list(csv.DictReader(io.StringIO(cli("analyse", "run", "--what", kind, "--csv",
                                               *options).out)))


def close(found, expected, tolerance=1e-9):
    assert math.isclose(float(found), float(expected), rel_tol=1e-6, abs_tol=tolerance), \
        "found %r, expected %r" % (found, expected)


def heads_of(result):
    return [(head["layer"], head["head"]) for head in result["heads"]]


ALL_HEADS = [(layer, head) for layer in range(1, DEPTH + 1) for head in range(1, HEADS + 1)]


@test
def every_kind_has_three_forms():
    trained()
    for kind in KINDS:
        text = cli("analyse", "run", "--what", kind)
        equal(text.err, "")
        contains(text.out, "p 5, 12 of 25 tasks")
        contains(text.out, "Weights after step 30")
        assert "nan" not in text.out.lower().replace("nance", ""), text.out
        result = analyse(kind)
        equal((result["step"], result["p"], result["ablated"]), (30, P, []))
        table = rows(kind)
        assert len(table) > 1 and all(None not in row and None not in row.values()
                                      for row in table), table
        # the same for any number of threads, and at another step another model
        one = cli("analyse", "run", "--what", kind, "--json", "--threads", 1).out
        equal(cli("analyse", "run", "--what", kind, "--json", "--threads", 3).out, one)
        early = json.loads(cli("analyse", "run", "--what", kind, "--json", "--step", 0).out)
        equal(early["step"], 0)
        assert early != dict(json.loads(one), step=0)


@test
def ablation_begins_with_what_eval_says():
    trained()
    expected = cli("eval", "run", "--json").json()["sets"]
    result = analyse("ablation")
    equal(list(result)[4:], ["mode", "sequences", "base", "heads"])
    equal((result["mode"], result["sequences"]), ("zero", SEQUENCES))
    equal(heads_of(result), ALL_HEADS)
    for name in SETS:
        base = result["base"]["sets"][name]
        equal(base["all"]["accuracy"], expected[name]["accuracy"])
        equal(base["last"]["accuracy"], expected[name]["last_accuracy"])
        equal((base["all"]["change"], base["all"]["change_error"]), (0, 0))
        accuracy = base["last"]["accuracy"]
        close(base["last"]["error"], math.sqrt(accuracy * (1 - accuracy) / (SEQUENCES - 1)))
        for head in result["heads"]:
            measure = head["sets"][name]["all"]
            close(measure["change"], measure["accuracy"] - base["all"]["accuracy"])
    table = rows("ablation")
    equal(len(table), (1 + len(ALL_HEADS)) * len(SETS) * 2)
    equal([table[0][key] for key in ("layer", "head", "ablation", "set", "shots")],
          ["", "", "none", "id_train", "all"])
    for row in table[8:]:
        head = result["heads"][ALL_HEADS.index((int(row["layer"]), int(row["head"])))]
        measure = head["sets"][row["set"]][row["shots"]]
        equal(row["ablation"], "zero")
        for key, column in (("accuracy", "accuracy"), ("error", "standard_error"),
                            ("change", "change"), ("change_error", "change_error")):
            close(row[column], measure[key])


@test
def ablated_heads_count_in_every_kind():
    trained()
    for mode in ("zero", "mean"):
        alone = analyse("ablation", "--ablate-mode", mode)
        equal(alone["mode"], mode)
        flags = ["--ablate", "1:2", "--ablate-mode", mode]
        beside = analyse("ablation", *flags)
        equal(beside["ablated"], [{"layer": 1, "head": 2, "mode": mode}])
        for name in SETS:
            for where in ("all", "last"):
                equal(beside["base"]["sets"][name][where]["accuracy"],
                      alone["heads"][1]["sets"][name][where]["accuracy"])
                equal(beside["heads"][1]["sets"][name][where]["change"], 0)
        equal([head["already"] for head in beside["heads"]], [False, True, False, False])
        # the last layer of the lens is the model itself
        lens = analyse("lens", *flags)["layers"][-1]["sets"]
        for name in SETS:
            close(lens[name]["last_accuracy"],
                  alone["heads"][1]["sets"][name]["last"]["accuracy"])
    for kind in set(KINDS) - {"spectrum"}:
        whole, cut = analyse(kind), analyse(kind, "--ablate", "1:1,1:2,2:1,2:2")
        equal(len(cut["ablated"]), 4)
        if kind != "pca":  # the output of a head at zero has no components
            assert dict(cut, ablated=[]) != whole, kind
        contains(cli("analyse", "run", "--what", kind, "--ablate", "1:1,2:2").out,
                 "Ablated heads: 1:1 (zero), 2:2 (zero)")
    equal(set(analyse("pca", "--ablate", "2:1")["x"]), {0})


@test
def kshot_counts_its_cells():
    trained()
    result = analyse("kshot", "--task", "2,3")
    equal(list(result)[4:], ["task", "context", "truth", "shots"])
    equal(result["task"], [2, 3])
    equal(len(result["context"]), 3 * (SHOTS - 1))
    equal(result["truth"], [(2 * x + 3 * y) % P for x in range(P) for y in range(P)])
    for at in range(0, len(result["context"]), 3):
        x, y, z = result["context"][at:at + 3]
        equal(z, (2 * x + 3 * y) % P)
    equal([column["shot"] for column in result["shots"]], list(range(SHOTS)))
    for column in result["shots"]:
        right = [answer == truth for answer, truth in zip(column["answers"], result["truth"])]
        close(column["accuracy"], sum(right) / P ** 2)
        equal(column["explained"], sum(answer is not None for answer in column["ratio"]))
        explained = [r for r, answer in zip(right, column["ratio"]) if answer is not None]
        equal(column["explained_accuracy"],
              None if not explained else column["explained_accuracy"])
        if explained:
            close(column["explained_accuracy"], sum(explained) / len(explained))
    # predict answers the same for one of the queries
    x, y = 1, 4
    sequence = " ".join(map(str, result["context"] + [x, y]))
    answers = cli("predict", "run", "--json", "--sequence", sequence).json()["answers"]
    equal(result["shots"][-1]["answers"][x * P + y], answers[-1]["answer"])
    close(result["shots"][-1]["probabilities"][x * P + y], answers[-1]["probability"], 1e-5)

    one = analyse("kshot", "--task", "2,3", "--shot", 2)
    equal(one["shots"], result["shots"][2:3])
    table = rows("kshot", "--task", "2,3", "--shot", 2)
    equal(len(table), P ** 2)
    for cell, row in enumerate(table):
        equal((int(row["x"]), int(row["y"])), divmod(cell, P))
        equal(int(row["answer"]), one["shots"][0]["answers"][cell])
        equal(row["right"] == "1", row["answer"] == row["truth"])


@test
def contexts_are_drawn_or_typed():
    trained()
    default = analyse("kshot")
    equal(analyse("kshot", "--context-seed", 1), default)
    other = analyse("kshot", "--context-seed", 2)
    equal(other["task"], default["task"])
    assert other["context"] != default["context"]
    with open("run/tasks.csv") as file:
        held_out = next(row for row in csv.DictReader(file) if row["role"] == "ood")
    equal(default["task"], [int(held_out["a"]), int(held_out["b"])])

    # 2 x + y; the second example settles it
    typed = analyse("kshot", "--sequence", "1 0 2 | 0 1 1")
    equal((typed["task"], typed["context"]), ([2, 1], [1, 0, 2, 0, 1, 1]))
    equal([column["shot"] for column in typed["shots"]], [0, 1, 2])
    contains(cli("analyse", "run", "--what", "kshot", "--sequence", "1 0 2", status=2).err,
             "--task")
    equal(analyse("kshot", "--sequence", "1 0 2", "--task", "2,4")["task"], [2, 4])
    # where the task does not matter it may stay open
    open_task = analyse("attention", "--sequence", "1 0 2 3 3")
    equal((open_task["task"], open_task["context"]), (None, [1, 0, 2, 3, 3]))
    contains(cli("analyse", "run", "--what", "attention", "--sequence", "1 0 2 3 3").out,
             "y2 looks at")


@test
def pca_of_every_part():
    trained()
    seen = set()
    for part, n in (("embedding", P), ("head", P ** 2), ("block", P ** 2), ("mlp", P ** 2)):
        result = analyse("pca", "--part", part)
        equal(result["part"], part)
        for name in ("first", "second", "x", "y"):
            equal(len(result[name]), n)
        close(sum(result["x"]), 0, 1e-6)
        assert 1 >= sum(result["variance"]) >= result["variance"][0] >= result["variance"][1] >= 0
        assert 0 <= result["circle"]["strongest"][0]["share"] <= 1
        equal("layer" in result, part != "embedding")
        equal("head" in result, part == "head")
        seen.add(str(result["x"]))
    equal(len(seen), 4)

    default = analyse("pca")
    equal((default["layer"], default["head"], default["slots"], default["shot"], default["centred"]),
          (DEPTH, 1, "xy", SHOTS - 1, True))
    equal(analyse("pca", "--layer", 2, "--head", 1, "--slots", "xy", "--shot", SHOTS - 1), default)
    for flags in (["--layer", 1], ["--head", 2], ["--slots", "xz"], ["--slots", "yz"],
                  ["--shot", 1], ["--as-in-paper"]):
        assert analyse("pca", *flags)["x"] != default["x"], flags
    equal(analyse("pca", "--as-in-paper")["centred"], False)
    for row, x, first in zip(rows("pca"), default["x"], default["first"]):
        close(row["pc1"], x)
        equal(int(row["first"]), first)


@test
def attention_is_that_of_predict():
    trained()
    sequence = "1 2 3 4 0 4 2 2"
    expected = cli("predict", "run", "--json", "--attention", "--sequence",
                   sequence).json()["attention"]
    result = analyse("attention", "--sequence", sequence)
    equal(heads_of(result), ALL_HEADS)
    for head in result["heads"]:
        found = head["weights"]
        for row, right in zip(found, expected[head["layer"] - 1][head["head"] - 1]):
            close(sum(row), 1, 1e-5)
            for a, b in zip(row, right):
                close(a, b, 1e-6)
    equal(heads_of(analyse("attention", "--layer", 2)), ALL_HEADS[2:])
    one = analyse("attention", "--layer", 1, "--head", 2)
    equal(heads_of(one), [(1, 2)])
    n = 3 * SHOTS - 1
    table = rows("attention", "--layer", 1, "--head", 2)
    equal(len(table), n * (n + 1) // 2)
    for row in table:
        close(row["weight"], one["heads"][0]["weights"][int(row["query"]) - 1][int(row["key"]) - 1],
              1e-6)
    equal(len(cli("analyse", "run", "--what", "attention", "--layer", 1, "--head",
                  2).out.split("looks at")[1].splitlines()), 1 + n)
    mean = analyse("attention", "--on", "id_test")
    equal((mean["set"], mean["sequences"]), ("id_test", SEQUENCES))
    for head in mean["heads"]:
        for row in head["weights"]:
            close(sum(row), 1, 1e-5)


@test
def roles_are_shares():
    trained()
    result = analyse("roles")
    equal(list(result)[4:], ["set", "sequences", "heads", "similarity"])
    equal((result["set"], result["sequences"]), ("ood_test", SEQUENCES))
    equal(heads_of(result), ALL_HEADS)
    equal([len(row) for row in result["similarity"]], [len(ALL_HEADS)] * len(ALL_HEADS))
    for head in result["heads"]:
        assert head["best"] is None or head["best"] in head["roles"]
        for name, role in head["roles"].items():
            equal(list(role), ["share", "chance", "excess", "queries"])
            if role["queries"] > 0:
                assert 0 <= role["share"] <= 1 and 0 <= role["chance"] <= 1
                close(role["excess"], (role["share"] - role["chance"]) / (1 - role["chance"]), 1e-6)
    equal(analyse("roles", "--on", "id_train")["set"], "id_train")
    equal(heads_of(analyse("roles", "--head", 2)), [(1, 2), (2, 2)])
    table = rows("roles")
    equal(len(table), len(ALL_HEADS) * len(result["heads"][0]["roles"]))
    for row in table:
        head = result["heads"][ALL_HEADS.index((int(row["layer"]), int(row["head"])))]
        close(row["share"], head["roles"][row["role"]]["share"])
        equal(row["best"] == "1", head["best"] == row["role"])


@test
def cosine_matrices_come_when_named():
    trained()
    for slot, n in (("x", P), ("y", P ** 2), ("z", P ** 2)):
        result = analyse("cosine", "--slots", slot)
        equal((result["slot"], result["inputs"], result["shot"]), (slot, n, SHOTS - 1))
        equal([(m["layer"], m["head"]) for m in result["maps"]],
              [(layer, head) for layer in (1, 2) for head in (1, 2, None)])
        assert all("values" not in m for m in result["maps"])
        named = analyse("cosine", "--slots", slot, "--layer", 2, "--head", 1)
        equal(len(named["maps"]), 1)
        values = named["maps"][0]["values"]
        equal((len(values), {len(row) for row in values}), (n, {n}))
        for i in range(n):
            close(values[i][i], 1, 1e-5)
            for j in range(n):
                equal(values[i][j], values[j][i])
                assert -1.00001 <= values[i][j] <= 1.00001
        mean = sum(values[i][j] for i in range(n) for j in range(n) if i != j) / (n * (n - 1))
        close(named["maps"][0]["mean"], mean, 1e-5)
        equal(named["maps"][0]["mean"], result["maps"][3]["mean"])
        for m in result["maps"]:
            assert m["shares"] and all(0 <= share <= 1 for share in m["shares"].values())
    equal(len(rows("cosine", "--layer", 1)), (HEADS + 1) * P ** 2)
    equal(set(rows("cosine")[0]), {"layer", "head", "relation", "share", "mean"})
    equal(analyse("cosine", "--shot", 2)["shot"], 2)
    equal(len(analyse("cosine", "--shot", 2)["context"]), 6)


@test
def noise_without_noise_is_eval():
    trained()
    for name in ("ood_test", "id_train"):
        score = cli("eval", "run", "--json").json()["sets"][name]
        result = analyse("noise", "--on", name)
        equal(result["set"], name)
        equal([(cell["shot"], cell["wrong"]) for cell in result["grid"]],
              [(k, m) for k in range(SHOTS) for m in range(k + 1)])
        for cell in result["grid"]:
            if cell["wrong"] == 0:
                close(cell["accuracy"], score["per_shot"][cell["shot"]])
                equal(cell["sequences"], SEQUENCES)
        equal([cell["example"] for cell in result["single"]], list(range(1, SHOTS)))
    equal(analyse("noise")["set"], "ood_test")
    table = rows("noise")
    equal(len(table), SHOTS * (SHOTS + 1) // 2 + SHOTS - 1)
    equal([row["example"] for row in table[-2:]], ["3", "4"])


@test
def lens_ends_with_eval():
    trained()
    expected = cli("eval", "run", "--json").json()["sets"]
    result = analyse("lens")
    equal([layer["layer"] for layer in result["layers"]], list(range(DEPTH + 1)))
    for name in SETS:
        last = result["layers"][-1]["sets"][name]
        equal(list(last), ["accuracy", "probability", "last_accuracy", "per_shot", "sequences"])
        close(last["accuracy"], expected[name]["accuracy"])
        for found, right in zip(last["per_shot"], expected[name]["per_shot"]):
            close(found, right)
    table = rows("lens")
    equal(len(table), (DEPTH + 1) * len(SETS) * SHOTS)
    for row in table:
        close(row["accuracy"], result["layers"][int(row["layer"])]["sets"][row["set"]]["per_shot"][
            int(row["shot"])])


@test
def spectrum_adds_up():
    trained()
    result = analyse("spectrum")
    for name, n in (("additive", P), ("multiplicative", P - 1)):
        part = result[name]
        equal((part["numbers"], len(part["frequencies"])), (n, n // 2))
        close(sum(k["share"] for k in part["frequencies"]), 1, 1e-6)
        close(sum(k["noise"] for k in part["frequencies"]), 1, 1e-6)
    equal([row["group"] for row in rows("spectrum")], ["additive"] * 2 + ["multiplicative"] * 2)


@test
def model_files_take_an_experiment():
    trained(seed=5)
    snapshot = "run/snapshots/step-00000030.safetensors"
    for kind in KINDS:
        equal(cli("analyse", snapshot, "--what", kind, "--json").out,
              cli("analyse", "run", "--what", kind, "--json").out)
        result = cli("analyse", *PTH, "--what", kind, "--json").json()
        equal((result["step"], result["p"]), (None, 7))
        cli("analyse", *PTH, "--what", kind)
    contains(cli("analyse", fixture("depth2.pth"), "--heads", 2, "--what", "lens", status=2).err,
             "--preset")
    contains(cli("analyse", fixture("depth2.pth"), "--what", "lens", status=1).err, "--heads")
    contains(cli("analyse", snapshot, "--what", "lens", "--step", 3, status=2).err, "--step")
    equal(cli("analyse", "run", "--what", "lens", "--json", "--set",
              "eval_sequences=7").json()["layers"][0]["sets"]["id_test"]["sequences"], 7)


@test
def faults_are_named():
    trained(steps=1)
    usage = [
        ([], "--what kshot|pca|"),
        (["--what", "kshots"], "the nearest one is “kshot”"),
        (["--what", "pca", "--head", "3"], "--head must be from 1 to 2"),
        (["--what", "pca", "--head", "0"], "--head must be from 1 to 2"),
        (["--what", "roles", "--layer", "9"], "--layer must be from 1 to 2"),
        (["--what", "kshot", "--task", "5,1"], "from 0 to 4"),
        (["--what", "kshot", "--task", "-1,1"], "from 0 to 4"),
        (["--what", "kshot", "--task", "3"], "a,b"),
        (["--what", "kshot", "--shot", "5"], "--shot must be from 0 to 4"),
        (["--what", "kshot", "--shot", "-1"], "--shot must be from 0 to 4"),
        (["--what", "pca", "--sequence", "1 2 3", "--shot", "1"], "--shot must be from 0 to 0"),
        (["--what", "kshot", "--sequence", "1 2 3 4"], "complete examples"),
        (["--what", "kshot", "--sequence", "1 2 9"], "9"),
        (["--what", "attention", "--sequence", "1 2 3 4"], "y"),
        (["--what", "kshot", "--context-seed", "x"], "--context-seed"),
        (["--what", "kshot", "--context-seed", "2", "--sequence", "1 2 3"], "exclude"),
        (["--what", "attention", "--on", "id_test", "--task", "1,1"], "--on"),
        (["--what", "noise", "--on", "test"], "id_train, id_test, ood_train, ood_test"),
        (["--what", "pca", "--part", "mpl"], "embedding, head, block, mlp"),
        (["--what", "pca", "--slots", "x"], "xy, xz, yz"),
        (["--what", "cosine", "--slots", "xy"], "x, y, z"),
        (["--what", "lens", "--shot", "1"], "--shot does not go with --what lens"),
        (["--what", "spectrum", "--as-in-paper"], "--as-in-paper does not go with"),
        (["--what", "lens", "--ablate-mode", "mean"], "goes with --ablate"),
        (["--what", "lens", "--ablate", "1:1", "--ablate-mode", "median"], "zero, mean"),
        (["--what", "lens", "--ablate", "1"], "LAYER:HEAD"),
        (["--what", "lens", "--ablate", "1:1,"], "LAYER:HEAD"),
        (["--what", "lens", "--ablate", "1:1,3:1"], "2 layers of 2 heads"),
        (["--what", "lens", "--ablate", "0:1"], "2 layers of 2 heads"),
        (["--what", "lens", "--json", "--csv"], "exclude"),
        (["--what", "lens", "--threads", "-2"], "threads"),
        (["--what", "lens", "--set", "p=7"], "own recipe"),
    ]
    for arguments, message in usage:
        result = cli("analyse", "run", *arguments, status=2)
        equal(result.out, "")
        contains(result.err, message)
        contains(result.err, "analyse --help")
    contains(cli("analyse", "--what", "lens", status=2).err, "RUN_OR_MODEL")
    contains(cli("analyse", "missing", "--what", "lens", status=1).err, "missing")
    contains(cli("analyse", "run", "--what", "lens", "--step", 7, status=1).err, "nearest")


# Minutes of work, unless it is stopped.
LONG = ["analyse", "run", "--what", "ablation", "--threads", "1", "--set", "eval_sequences=60000"]


@test
def a_signal_stops_it():
    trained(steps=1, shots=30)
    for number in (signal.SIGINT, signal.SIGTERM):
        process = start(*LONG)
        time.sleep(0.5)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        equal((process.returncode, out), (1, ""))
        contains(err, "Stopped")


@test
def a_terminal_shows_progress_and_nothing_stays():
    trained(steps=1, shots=30)
    master, slave = pty.openpty()
    process = subprocess.Popen([CLI, *LONG], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=slave, env=dict(os.environ, LC_ALL="C.UTF-8", TERM="xterm"))
    os.close(slave)
    shown = b""
    end = time.monotonic() + 30
    while b"% done" not in shown and time.monotonic() < end:
        if select.select([master], [], [], 1)[0]:
            shown += os.read(master, 1000)
    contains(shown.decode(), "% done")
    process.send_signal(signal.SIGINT)
    flags = fcntl.fcntl(master, fcntl.F_GETFL)
    fcntl.fcntl(master, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    process.wait(timeout=30)
    try:
        shown += os.read(master, 100000)
    except OSError:
        pass
    process.stdout.close()
    os.close(master)
    equal(process.returncode, 1)
    contains(shown.decode(), "\r\033[Kgrokscope-cli: Stopped")


main()
