# test-models.py - eval, predict, info and convert on runs, fixtures and bad files
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import json
import math
import os
import shutil
import struct

from harness import (SETS, TINY, cli, contains, equal, fixture, flatten, largest_difference, main,
                     read_rows, read_tensors, sets, test)

FIXTURES = (("depth2", 2), ("depth3", None))
MODELS = ("depth2.pth", "depth2.model.safetensors", "depth3.pth", "depth3.model.safetensors")


def metadata_of(name):
    return {key: int(value) for key, value in
            read_tensors(fixture(name + ".model.safetensors"))[1].items() if value.isdigit()}


def trained(**recipe):
    cli("train", *sets(**recipe), "run")


# eval

@test
def eval_agrees_with_the_records_of_the_run():
    trained()
    for row in read_rows("run/metrics.csv"):
        result = cli("eval", "run", "--step", row["step"], "--json").json()
        equal(list(result), ["step", "sets"])
        equal(result["step"], int(row["step"]))
        equal(list(result["sets"]), list(SETS))
        for name in SETS:
            score = result["sets"][name]
            equal(list(score), ["loss", "accuracy", "last_accuracy", "per_shot", "sequences"])
            equal(score["sequences"], TINY["eval_sequences"])
            equal(len(score["per_shot"]), TINY["shots"])
            equal(score["per_shot"][-1], score["last_accuracy"])
            assert math.isclose(sum(score["per_shot"]) / TINY["shots"], score["accuracy"])
            for measure in ("loss", "accuracy", "last_accuracy"):
                recorded = float(row["%s_%s" % (name, measure)])
                assert math.isclose(score[measure], recorded, rel_tol=1e-6), (name, measure)
    shots = [row for row in read_rows("run/per_shot.csv") if row["step"] == "30"]
    for row in shots:
        found = result["sets"][row["set"]]["per_shot"]
        for shot, accuracy in enumerate(found):
            assert math.isclose(float(row["shot_%d" % shot]), accuracy, rel_tol=1e-6)


@test
def eval_of_last_and_best_find_their_steps():
    trained()
    rows = read_rows("run/metrics.csv")
    best = max(rows, key=lambda row: (float(row["ood_test_last_accuracy"]), -int(row["step"])))
    equal(cli("eval", "run", "--json").json()["step"], 30)
    equal(cli("eval", "run", "--json", "--step", "last").json()["step"], 30)
    equal(cli("eval", "run", "--json", "--step", "best").json()["step"], int(best["step"]))
    contains(cli("eval", "run", "--step", "7", status=1).err, "nearest")


@test
def eval_of_a_snapshot_equals_eval_of_its_run():
    trained(seed=5)
    expected = cli("eval", "run", "--json").out
    snapshot = "run/snapshots/step-00000030.safetensors"
    equal(cli("eval", snapshot, "--json").out, expected)
    equal(cli("eval", snapshot, "--json", "--threads", 3).out, expected)

    # without the recipe in its metadata, by flags
    tensors, metadata = read_tensors(snapshot)
    data = open(snapshot, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header["__metadata__"] = {}
    text = json.dumps(header).encode()
    with open("bare.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data[8 + length:])
    flags = ["--heads", 2] + sets(seed=5)
    found = cli("eval", "bare.safetensors", "--json", *flags).json()
    expected = json.loads(expected)
    equal((found["step"], found["sets"]), (None, expected["sets"]))
    contains(cli("eval", "bare.safetensors", "--heads", 2, status=2).err, "--preset")
    contains(cli("eval", "bare.safetensors", status=1).err, "--heads")


@test
def eval_in_text_has_a_line_for_each_shot():
    trained()
    text = cli("eval", "run").out
    scores = cli("eval", "run", "--json").json()["sets"]
    lines = [line.split() for line in text.splitlines()]
    for shot in range(TINY["shots"]):
        row = next(line for line in lines if line[:1] == [str(shot)])
        equal(row[2:], ["%.3f" % scores[name]["per_shot"][shot] for name in SETS])


@test
def eval_with_more_sequences_or_shots():
    trained()
    score = cli("eval", "run", "--json", "--set", "eval_sequences=50", "--set",
                "shots=7").json()["sets"]["ood_test"]
    equal((score["sequences"], len(score["per_shot"])), (50, 7))
    contains(cli("eval", "run", "--set", "seed=2", status=2).err, "“seed”")
    contains(cli("eval", "run", "--preset", "quick", status=2).err, "own recipe")


@test
def eval_takes_a_vocabulary_larger_than_p():
    for name, _ in FIXTURES:
        known = metadata_of(name)
        assert known["vocab"] > known["p"]
        flags = ["--set", "p=%d" % known["p"], "--set", "tasks=20", "--set",
                 "shots=%d" % known["shots"], "--set", "eval_sequences=16"]
        one = cli("eval", fixture(name + ".pth"), "--heads", known["heads"], "--json", *flags)
        other = cli("eval", fixture(name + ".model.safetensors"), "--json", *flags)
        equal(one.out, other.out)
        for score in one.json()["sets"].values():
            assert 0 < score["loss"] < 20


@test
def eval_refuses_an_experiment_that_does_not_fit():
    model = fixture("depth2.model.safetensors")
    contains(cli("eval", model, "--preset", "quick", status=1).err, "width")
    contains(cli("eval", model, "--set", "p=29", "--set", "tasks=20", status=1).err, "p = 29")
    contains(cli("eval", model, "--set", "depth=3", "--set", "tasks=20", status=1).err, "depth")
    contains(cli("eval", model, "--set", "tasks=20", "--heads", 4, status=1).err, "heads")
    contains(cli("eval", model, "--step", "best", status=2).err, "--step")


# predict

@test
def predict_agrees_with_pytorch():
    for name, _ in FIXTURES:
        expected, _ = read_tensors(fixture(name + ".expected.safetensors"))
        known = metadata_of(name)
        shape, tokens = expected["tokens"]
        (batch, time, vocab), logits = expected["logits"]
        for row in range(batch):
            sequence = list(tokens[row * shape[1]:(row + 1) * shape[1]])[:time]
            for model, heads in ((name + ".pth", ["--heads", known["heads"], "--set",
                                                  "p=%d" % known["p"]]),
                                 (name + ".model.safetensors", [])):
                result = cli("predict", fixture(model), *heads, "--json", "--attention",
                             "--sequence", " ".join(map(str, sequence)))
                equal(result.err, "")
                result = result.json()
                equal(result["tokens"], sequence)
                equal((len(result["logits"]), len(result["logits"][0])), (time, vocab))
                assert largest_difference(
                    flatten(result["logits"]),
                    logits[row * time * vocab:(row + 1) * time * vocab]) <= 1e-5
                maps = result["attention"]
                equal((len(maps), len(maps[0]), len(maps[0][0]), len(maps[0][0][0])),
                      (known["depth"], known["heads"], time, time))
                for layer in range(known["depth"]):
                    size, values = expected["attention.%d" % layer]
                    part = len(values) // size[0]
                    assert largest_difference(flatten(maps[layer]),
                                              values[row * part:(row + 1) * part]) <= 1e-5


@test
def predict_answers_every_z_and_says_what_explains_it():
    trained()
    #           1:(1,2)=3  2:(2,4)=1   3:(0,0)=0  4:(0,3)=4  query (3,1)=3(1,2)=4(2,4)
    sequence = "1 2 3  2 4 1  0 0 0  0 3 4  3 1"
    result = cli("predict", "run", "--json", "--sequence", sequence).json()
    equal(list(result), ["tokens", "answers", "logits"])
    equal([answer["position"] for answer in result["answers"]], [1, 4, 7, 10, 13])
    equal([answer["shot"] for answer in result["answers"]], [0, 1, 2, 3, 4])
    equal([answer["explained_by"] for answer in result["answers"]], [[], [0], [0, 1], [], [0, 1]])
    for answer in result["answers"]:
        equal(list(answer), ["position", "shot", "answer", "probability", "explained_by"])
        logits = result["logits"][answer["position"]]
        equal(answer["answer"], logits.index(max(logits)))
        exponentials = [math.exp(logit - max(logits)) for logit in logits]
        assert abs(answer["probability"] - 1 / sum(exponentials)) < 1e-5
    text = cli("predict", "run", "--sequence", sequence).out
    contains(text, "4 = #1 ×3, #2 ×4")
    contains(text, "any")
    assert "right" in text or "wrong" in text

    # whole examples only: one more token, no more answers
    whole = cli("predict", "run", "--json", "--sequence", sequence + " 4").json()
    equal(whole["answers"], result["answers"])
    equal(len(whole["logits"]), len(result["logits"]) + 1)
    assert largest_difference(flatten(whole["logits"][:-1]), flatten(result["logits"])) < 1e-5


@test
def predict_by_step_and_with_more_shots_than_trained():
    trained()
    first = cli("predict", "run", "--step", 0, "--json", "--sequence", "1 2").json()
    last = cli("predict", "run", "--json", "--sequence", "1 2").json()
    assert first["logits"] != last["logits"]
    longer = " ".join(["1 2 3"] * 20)
    result = cli("predict", "run", "--json", "--sequence", longer)
    equal(len(result.json()["answers"]), 20)
    contains(result.err, "more than the 5")
    contains(cli("predict", "run", "--sequence", " ".join(["1 2 3"] * 129), status=2).err, "128")


@test
def predict_refuses_what_is_no_sequence():
    trained()
    for sequence, message in (("1", "ends after an x"), ("1 2 3 4", "ends after an x"),
                              ("1 5", "“5”"), ("1 -1", "“-1”"), ("1 two", "“two”"), ("", "empty")):
        contains(cli("predict", "run", "--sequence", sequence, status=2).err, message)
    model = fixture("depth2.pth")
    contains(cli("predict", model, "--sequence", "1 2", status=1).err, "--heads")
    contains(cli("predict", model, "--heads", 2, "--sequence", "1 2", status=2).err, "p=PRIME")
    contains(cli("predict", model, "--heads", 2, "--set", "p", "--sequence", "1 2",
                 status=2).err, "p=PRIME")
    contains(cli("predict", model, "--heads", 2, "--set", "q=7", "--sequence", "1 2",
                 status=2).err, "“q”")
    contains(cli("predict", model, "--heads", 2, "--set", "p=29", "--sequence", "1 2",
                 status=1).err, "25 tokens")
    contains(cli("predict", "run", "--set", "p=5", "--sequence", "1 2", status=2).err, "own recipe")


# info and convert

@test
def info_of_every_fixture():
    names = [name for name in os.listdir(fixture("")) if name.endswith((".pth", ".safetensors"))]
    assert set(MODELS) < set(names)
    for name in names:
        result = cli("info", fixture(name), "--json").json()
        equal(list(result), ["kind", "path", "model", "metadata", "tensors"])
        text = cli("info", fixture(name)).out
        for tensor in result["tensors"]:
            equal(list(tensor), ["name", "dtype", "shape"])
            contains(text, tensor["name"])
        if name in MODELS:
            known = metadata_of(name.split(".")[0])
            equal(result["kind"], "model")
            shape = result["model"]
            for key in ("vocab", "width", "depth"):
                equal(shape[key], known[key])
            equal(shape["heads"], None if name.endswith(".pth") else known["heads"])
            equal(shape["parameters"],
                  sum(math.prod(tensor["shape"]) for tensor in result["tensors"]))
        else:
            equal((result["kind"], result["model"]), ("tensors", None))
            contains(text, "not a model")


@test
def info_of_a_run():
    trained()
    result = cli("info", "run", "--json").json()
    equal(list(result), ["kind", "path", "config", "records", "last", "best", "snapshots"])
    equal((result["kind"], result["records"], result["last"]["step"]), ("run", 4, 30))
    for key, value in TINY.items():
        equal(result["config"][key], value)
    for snapshot in result["snapshots"]:
        path = "run/snapshots/step-%08d.safetensors" % snapshot["step"]
        equal(snapshot["bytes"], os.path.getsize(path))
    rows = read_rows("run/metrics.csv")
    best = max(float(row["ood_test_last_accuracy"]) for row in rows)
    assert math.isclose(result["best"]["last_accuracy"]["ood_test"], best, rel_tol=1e-6)
    text = cli("info", "run").out
    contains(text, "step 30 of 30")
    contains(text, "0 10 20 30")


@test
def convert_keeps_every_bit():
    for name, _ in FIXTURES:
        known = metadata_of(name)
        expected, _ = read_tensors(fixture(name + ".model.safetensors"))
        cli("convert", fixture(name + ".pth"), name + ".safetensors", "--heads", known["heads"])
        found, metadata = read_tensors(name + ".safetensors")
        equal(sorted(found), sorted(expected))
        for tensor in expected:
            equal(found[tensor], expected[tensor])
        equal(metadata["heads"], str(known["heads"]))

        # our own file converts into itself, metadata and all
        cli("convert", fixture(name + ".model.safetensors"), "again.safetensors")
        cli("convert", "again.safetensors", "third.safetensors")
        equal(open("again.safetensors", "rb").read(), open("third.safetensors", "rb").read())
        equal(read_tensors("again.safetensors")[1]["p"], str(known["p"]))
        os.remove("again.safetensors")
        os.remove("third.safetensors")


@test
def convert_overwrites_nothing_unasked():
    shutil.copy(fixture("depth2.model.safetensors"), "model.safetensors")
    with open("other.safetensors", "w") as file:
        file.write("precious")
    result = cli("convert", "model.safetensors", "other.safetensors", status=1)
    contains(result.err, "--force")
    equal(open("other.safetensors").read(), "precious")
    os.symlink("model.safetensors", "link.safetensors")
    for same in ("model.safetensors", "./model.safetensors", "link.safetensors"):
        result = cli("convert", "--force", "model.safetensors", same, status=1)
        contains(result.err, "itself")
    equal(open("model.safetensors", "rb").read(),
          open(fixture("depth2.model.safetensors"), "rb").read())
    cli("convert", "--force", "model.safetensors", "other.safetensors")
    equal(cli("info", "other.safetensors", "--json").json()["kind"], "model")


# refusals

def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


@test
def bad_files_are_refused_in_one_line_that_names_them():
    good = open(fixture("depth2.model.safetensors"), "rb").read()
    archive = open(fixture("depth2.pth"), "rb").read()
    write("empty.safetensors", b"")
    write("text.pth", b"hello, this is no model at all\n")
    write("cut.safetensors", good[:len(good) // 2])
    write("cut.pth", archive[:len(archive) // 2])
    write("huge-header.safetensors", struct.pack("<Q", 1 << 62) + good[8:])
    write("no-json.safetensors", struct.pack("<Q", 4) + b"nope")
    write("nan.safetensors", good[:-4] + struct.pack("<f", math.nan))
    os.mkdir("folder")
    bad = ["empty.safetensors", "text.pth", "cut.safetensors", "cut.pth", "huge-header.safetensors",
           "no-json.safetensors", "nan.safetensors", "folder", "missing.safetensors", "/dev/null"]
    for name in bad:
        for command in (["eval", name, "--heads", 2], ["convert", name, "out.safetensors", "--heads", 2],
                        ["predict", name, "--heads", 2, "--sequence", "1 2"], ["info", name]):
            if command[0] == "info" and name == "nan.safetensors":
                continue  # says what it holds; that is its job
            result = cli(*command, status=1)
            contains(result.err, name)
            equal(result.err.count("\n"), 1)
            equal(result.out, "")
    assert not os.path.exists("out.safetensors")


@test
def a_damaged_run_is_refused():
    trained()
    with open("run/config.json", "w") as file:
        file.write('{"p": 4}')
    for command in (["eval", "run"], ["info", "run"], ["predict", "run", "--sequence", "1 2"]):
        contains(cli(*command, status=1).err, "config.json")


main()
