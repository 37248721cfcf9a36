# test-train.py - grokscope-cli train: run folders, progress, stopping and resuming
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import fcntl
import json
import os
import pty
import re
import resource
import signal
import struct
import subprocess
import termios
import time

from harness import (CLI, KEYS, PIPE_SIZE, SETS, TINY, cli, contains, equal, main, read_bytes,
                     read_rows, sets, start, test)

METRICS = ("step,train_loss,lr,grad_norm,param_norm,seconds,tokens_per_second,"
           + ",".join("%s_%s" % (name, measure) for name in SETS
                      for measure in ("loss", "accuracy", "last_accuracy")))
CLOCKS = ("seconds", "tokens_per_second")

# Prints more than twice PIPE_SIZE, so that it cannot end before its output is read.
LONG = dict(steps=480, record_every=3)
STOP = 9  # the record after which a test stops it


def steps_of(folder):
    return [int(row["step"]) for row in read_rows(folder + "/metrics.csv")]


def results(folder):
    """Everything about a run that must not depend on threads or on stopping."""
    rows = [{key: value for key, value in row.items() if key not in CLOCKS}
            for row in read_rows(folder + "/metrics.csv")]
    files = {name: read_bytes(os.path.join(folder, name))
             for name in ("config.json", "tasks.csv", "inputs.csv", "per_shot.csv", "per_task.csv")}
    snapshots = {name: read_bytes(os.path.join(folder, "snapshots", name))
                 for name in os.listdir(folder + "/snapshots")}
    return rows, files, snapshots


def whole():
    """The results of a LONG run that nobody stopped."""
    if not _whole:
        out = cli("train", *sets(**LONG), "--threads", 1, "whole").out
        assert len(out) > 2.5 * PIPE_SIZE, len(out)
        _whole.append(results("whole"))
    return _whole[0]


_whole = []


def equal_results(found, expected):
    equal(found[0], expected[0])
    for name in expected[1]:
        assert found[1][name] == expected[1][name], name
    for name in expected[2]:
        assert found[2][name] == expected[2][name], name


@test
def a_run_is_trained_to_its_end():
    result = cli("train", *sets(), "parent/run")
    equal(sorted(set(os.listdir("parent/run")) - {"lock"}),
          ["config.json", "events.log", "inputs.csv", "metrics.csv", "per_shot.csv", "per_task.csv",
           "snapshots", "state.safetensors", "tasks.csv"])
    with open("parent/run/metrics.csv") as file:
        equal(file.readline(), METRICS + "\n")
    equal(steps_of("parent/run"), [0, 10, 20, 30])
    equal(sorted(os.listdir("parent/run/snapshots")),
          ["step-%08d.safetensors" % step for step in (0, 10, 20, 30)])
    with open("parent/run/config.json") as file:
        recipe = json.load(file)
    equal(list(recipe), KEYS)
    for key, value in TINY.items():
        equal(recipe[key], value)
    for part in ("Done: 30 steps", "train", "eval parent/run", "predict parent/run --sequence"):
        contains(result.out, part)
    equal(result.err, "")


@test
def the_commands_shown_at_the_end_work():
    out = cli("train", *sets(p=7, tasks=40), "a run").out
    commands = [line for line in out.splitlines() if line.startswith("  " + CLI + " ")]
    equal(len(commands), 2)
    for command in commands:
        shown = subprocess.run(["sh", "-c", command], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
        equal((shown.returncode, shown.stderr), (0, b""))


@test
def plain_output_has_a_line_for_each_record():
    lines = cli("train", *sets(), "run").out.splitlines()
    header = next(i for i, line in enumerate(lines) if line.split()[:1] == ["step"])
    equal(lines[header].split()[2:6], list(SETS))
    rows = read_rows("run/metrics.csv")
    for line, row in zip(lines[header + 1:], rows):
        fields = line.split()
        equal(fields[0], row["step"])
        equal(fields[1], "%.4f" % float(row["train_loss"]))
        equal(fields[2:6], ["%.3f" % float(row[name + "_last_accuracy"]) for name in SETS])
    equal(lines[header + 1 + len(rows)], "")
    assert all("\r" not in line and "\033" not in line for line in lines)


def on_terminal(columns, *arguments):
    """What a terminal so wide would have received."""
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen([CLI, *map(str, arguments)], stdin=terminal, stdout=terminal,
                               stderr=subprocess.PIPE,
                               env=dict(os.environ, LC_ALL="C.UTF-8", TERM="xterm"))
    os.close(terminal)
    received = b""
    while True:
        try:
            part = os.read(control, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        received += part
    os.close(control)
    equal((process.wait(), process.stderr.read()), (0, b""))
    process.stderr.close()
    return received.decode()


@test
def a_terminal_has_one_line_that_fits_it():
    for columns in (120, 80, 50, 24, 5):
        text = on_terminal(columns, "train", *sets(steps=200, record_every=50), "run%d" % columns)
        matches = list(re.finditer(r"\r([^\r\n]*)\x1b\[K", text))
        drawn = [match[1] for match in matches]
        assert len(drawn) >= 5, text  # records at least
        for line in drawn:
            assert len(line) < columns, "%d columns: %r" % (len(line), line)
        last = drawn[-1]
        if columns >= 50:
            contains(last, "200/200")
            row = read_rows("run%d/metrics.csv" % columns)[-1]
            contains(last, " ".join("%.2f" % float(row[name + "_last_accuracy"]) for name in SETS))
        if columns >= 80:
            contains(last, "loss")
            contains(last, "█")
        # one line for all of them
        assert "\n" not in text[matches[0].start():matches[-1].end()], text


def read_to_record(process, step):
    for line in process.stdout:
        if line.split()[:1] == [str(step)]:
            return
    raise AssertionError("no record of step %d" % step)


def stop_in_the_middle(number, folder, *arguments):
    """Starts a training, stops it after its first records and returns the step it stopped at."""
    process = start("train", *arguments, folder)
    read_to_record(process, STOP)
    process.send_signal(number)
    out, err = process.communicate()
    equal(process.returncode, 0)
    contains(out, "Stopped at step")
    contains(out, "train --resume " + folder)
    contains(err, "Stopping after this step")
    return int(re.search(r"Stopped at step (\d+)", out)[1])


@test
def stopped_and_resumed_gives_the_same_bits_with_any_number_of_threads():
    for threads, number in ((1, signal.SIGINT), (2, signal.SIGTERM), (3, signal.SIGHUP)):
        folder = "stopped%d" % threads
        stopped = stop_in_the_middle(number, folder, *sets(**LONG), "--threads", threads)
        assert STOP <= stopped < LONG["steps"], stopped
        assert os.path.exists("%s/snapshots/step-%08d.safetensors" % (folder, stopped))
        result = cli("train", "--resume", "--threads", 4 - threads, folder)
        contains(result.out, "Going on after step %d" % stopped)
        equal_results(results(folder), whole())
        equal(read_bytes(folder + "/events.log").count(b"stopped at step"), 1)


@test
def a_killed_run_goes_on_from_its_last_record():
    process = start("train", *sets(**LONG), "killed")
    read_to_record(process, STOP)
    process.kill()
    process.communicate()
    assert steps_of("killed")[-1] < LONG["steps"]
    cli("train", "--resume", "killed")
    equal_results(results("killed"), whole())


@test
def a_reader_that_goes_away_stops_and_saves():
    process = start("train", *sets(**LONG), "run")
    read_to_record(process, 0)
    process.stdout.close()
    equal(process.wait(), 0)
    process.stderr.close()
    contains(read_bytes("run/events.log").decode(), "stopped at step")
    cli("train", "--resume", "run")
    equal(steps_of("run")[-1], LONG["steps"])


def wait_until_blocked(process):
    """Until it can do nothing but wait for its output to be read."""
    before = -1
    for _ in range(600):
        time.sleep(0.1)
        unread = struct.unpack("i", fcntl.ioctl(process.stdout, termios.FIONREAD, b"    "))[0]
        if unread == before and unread > PIPE_SIZE - 200:
            return
        before = unread
    raise AssertionError("%d bytes of output" % unread)


def wait_until_taken(process, number):
    """Until the program has taken its one signal: its handler is gone. (ThreadSanitizer runs the
    handler's own code only when the blocked write returns, so its message cannot be waited for.)"""
    for _ in range(600):
        with open("/proc/%d/status" % process.pid) as file:
            caught = int(re.search(r"SigCgt:\s*(\w+)", file.read())[1], 16)
        if not caught >> (number - 1) & 1:
            return
        time.sleep(0.1)
    raise AssertionError("signal %d is still caught" % number)


@test
def a_second_signal_ends_at_once():
    process = start("train", *sets(**LONG), "run")
    read_to_record(process, 0)
    wait_until_blocked(process)
    process.send_signal(signal.SIGINT)
    wait_until_taken(process, signal.SIGINT)
    equal(process.poll(), None)
    process.send_signal(signal.SIGINT)
    process.communicate()
    equal(process.returncode, -signal.SIGINT)
    assert steps_of("run")[-1] < LONG["steps"]
    cli("train", "--resume", "run")
    equal_results(results("run"), whole())


@test
def a_run_can_be_made_longer():
    cli("train", *sets(), "run")
    result = cli("train", "--resume", "--set", "steps=50", "--set", "record_every=5", "run")
    contains(result.out, "Done: 50 steps")
    equal(steps_of("run"), [0, 10, 20, 30, 35, 40, 45, 50])
    with open("run/config.json") as file:
        equal(json.load(file)["steps"], 50)
    before = results("run")
    contains(cli("train", "--resume", "run").out, "All 50 steps of this run are done")
    equal(results("run"), before)
    contains(cli("train", "--resume", "--set", "steps=40", "run", status=2).err, "at least 50")
    contains(cli("train", "--resume", "--set", "stpes=60", "run", status=2).err, "“stpes”")
    equal(results("run"), before)


@test
def a_run_is_not_overwritten():
    cli("train", *sets(), "run")
    before = results("run")
    result = cli("train", *sets(seed=2), "run", status=1)
    contains(result.err, "run: ")
    contains(result.err, "train --resume run")
    equal(results("run"), before)


@test
def what_cannot_be_resumed_is_said():
    contains(cli("train", "--resume", "missing", status=1).err, "missing: ")
    os.mkdir("empty")
    contains(cli("train", "--resume", "empty", status=1).err, "empty: ")
    cli("train", *sets(), "run")
    with open("run/state.safetensors", "r+b") as file:
        file.truncate(100)
    contains(cli("train", "--resume", "run", status=1).err, "state.safetensors")


@test
def a_folder_that_cannot_be_made_is_said():
    with open("file", "w"):
        pass
    for path in ("file", "file/run"):
        result = cli("train", *sets(), path, status=1)
        contains(result.err, path + ": ")
        equal(result.err.count("\n"), 1)


@test
def divergence_is_a_failure_and_keeps_the_last_good_state():
    # AdamW divides by almost nothing: weights beyond all bounds
    result = cli("train", *sets(optimizer="adamw", lr=1, lr_start=1, weight_decay=0,
                                beta2=0.9999999999, epsilon=1e-30), "run", status=1)
    contains(result.err, "diverged")
    equal(steps_of("run"), [0])
    contains(read_bytes("run/events.log").decode(), "diverged")
    contains(cli("eval", "run").out, "step 0")


@test
def a_full_disk_is_said_and_the_run_goes_on_when_there_is_room():
    recipe = sets(depth=1, width=8, **LONG)  # whose tables outgrow the files of weights
    cli("train", *recipe, "whole")
    table = os.path.getsize("whole/per_task.csv")
    limit = table // 2  # of the size of a file, which is refused like one for which there is no room
    assert limit > os.path.getsize("whole/state.safetensors")

    def limit_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = subprocess.run([CLI, "train", *recipe, "run"], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, encoding="utf-8", preexec_fn=limit_files,
                            env=dict(os.environ, LC_ALL="C.UTF-8"))
    equal(result.returncode, 1)
    contains(result.stderr, "per_task.csv: ")
    contains(result.stderr, "Make room for at least ")
    contains(result.stderr, "train --resume run\n")
    assert 0 < len(steps_of("run")) < len(steps_of("whole"))
    cli("train", "--resume", "run")
    equal_results(results("run"), results("whole"))


main()
