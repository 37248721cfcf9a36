# harness.py - what the tests of grokscope-cli share: TAP, running the program, reading its files
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A test program decorates functions with @test and ends with main(). Each function is one TAP test
# and runs in an empty folder of its own; it fails by raising, most often an AssertionError.
# Python's standard library only.

import csv
import fcntl
import json
import math
import os
import signal
import struct
import subprocess
import sys
import tempfile
import traceback

CLI = os.path.abspath(sys.argv[1])
DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
MANUAL = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                      "data", "grokscope-cli.1")

SETS = ("id_train", "id_test", "ood_train", "ood_test")
KEYS = ("p width heads depth shots batch tasks task_rule alpha activation tied optimizer lr "
        "weight_decay beta1 beta2 epsilon muon_lr muon_weight_decay muon_momentum warmup_steps "
        "lr_start lr_floor steps record_every eval_sequences seed").split()

# A recipe that takes a moment.
TINY = dict(p=5, width=16, heads=2, depth=2, shots=5, batch=12, tasks=12, warmup_steps=5, steps=30,
            record_every=10, eval_sequences=24)

# The smallest pipe there is: 4096 bytes.
F_SETPIPE_SZ = 1031
PIPE_SIZE = 4096

_tests = []


def test(function):
    _tests.append(function)
    return function


def main():
    home = os.getcwd()
    for number, function in enumerate(_tests, 1):
        # In memory where that is possible: what is written is brought to the disk each time.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            os.chdir(folder)
            try:
                function()
                result = "ok"
            except Exception:
                for line in traceback.format_exc().splitlines():
                    print("#", line)
                result = "not ok"
            os.chdir(home)
        print(result, number, "-", function.__name__.replace("_", " "), flush=True)
    print("1..%d" % len(_tests))


def equal(found, expected):
    assert found == expected, "found %r, expected %r" % (found, expected)


def contains(text, part):
    assert part in text, "%r is not in:\n%s" % (part, text)


def sets(**recipe):
    """--set arguments for a recipe: TINY and what differs from it."""
    arguments = []
    for key, value in dict(TINY, **recipe).items():
        arguments += ["--set", "%s=%s" % (key, value)]
    return arguments


class Result:
    def __init__(self, completed):
        self.status = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr

    def json(self):
        assert self.out.count("\n") == 1 and self.out.endswith("\n"), "not one line: %r" % self.out
        return json.loads(self.out, parse_constant=_refuse_constant)


def _refuse_constant(name):
    raise ValueError("%s is no JSON" % name)


def cli(*arguments, status=0, **environment):
    """Runs the program and checks its exit code."""
    completed = subprocess.run([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                               env=dict(os.environ, LC_ALL="C.UTF-8", **environment))
    assert completed.returncode == status, "exit code %d, expected %d\n%s%s" % (
        completed.returncode, status, completed.stdout, completed.stderr)
    return Result(completed)


def heed_hangup():
    """A test run under nohup hands its ignored SIGHUP down, which the program rightly keeps."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def start(*arguments):
    """Starts the program with its output to be read line by line. It can write only PIPE_SIZE bytes
    more than have been read, and then waits."""
    process = subprocess.Popen([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                               preexec_fn=heed_hangup, env=dict(os.environ, LC_ALL="C.UTF-8"))
    fcntl.fcntl(process.stdout, F_SETPIPE_SZ, PIPE_SIZE)
    return process


def fixture(name):
    return os.path.join(DATA, name)


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def read_tensors(path):
    """A .safetensors file as name -> (shape, list of numbers), and its metadata."""
    data = read_bytes(path)
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, info in header.items():
        begin, end = info["data_offsets"]
        code = {"F32": "f", "I32": "i", "I64": "q", "F64": "d"}[info["dtype"]]
        values = struct.unpack("<%d%s" % (math.prod(info["shape"]), code),
                               data[8 + length + begin:8 + length + end])
        tensors[name] = (info["shape"], values)
    return tensors, metadata


def flatten(nested):
    if not isinstance(nested, list):
        return [nested]
    return [value for part in nested for value in flatten(part)]


def largest_difference(found, expected):
    equal(len(found), len(expected))
    return max(abs(a - b) for a, b in zip(found, expected))
