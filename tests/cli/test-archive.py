# test-archive.py - grokscope-cli archive and unarchive
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import os
import signal
import shutil
import time
import zipfile

from harness import cli, contains, equal, main, read_bytes, sets, start, test


def tree(folder):
    """What is in a folder: path -> bytes, without the lock, which is the process's own."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            if os.path.relpath(file, folder) != "lock":
                found[os.path.relpath(file, folder)] = read_bytes(file)
    return found


@test
def a_run_comes_back_as_it_was():
    cli("train", *sets(), "run")
    cli("archive", "run", "a.grokrun")
    cli("unarchive", "a.grokrun", "far/away")
    equal(tree("far/away"), tree("run"))
    contains(sorted(tree("far/away")), "snapshots/step-00000030.safetensors")
    # and can be trained on
    cli("train", "--resume", "--set", "steps=40", "far/away")
    equal(sorted(os.listdir("far")), ["away"])


@test
def the_same_run_makes_the_same_bytes():
    cli("train", *sets(), "run")
    cli("archive", "run", "a.grokrun")
    shutil.copytree("run", "copy")
    for name in ("copy/tasks.csv", "copy/config.json"):
        os.utime(name, (0, 1e9))
        os.chmod(name, 0o600)
    with open("copy/mine.txt", "w") as file:
        file.write("no part of a run")
    cli("archive", "copy", "b.grokrun", TZ="Asia/Tokyo")
    equal(read_bytes("a.grokrun"), read_bytes("b.grokrun"))


@test
def it_is_a_zip_archive_that_says_its_type():
    cli("train", *sets(), "run")
    cli("archive", "run", "a.grokrun")
    with zipfile.ZipFile("a.grokrun") as archive:
        equal(archive.testzip(), None)
        names = archive.namelist()
        equal((names[0], names[-1]), ("mimetype", "config.json"))
        equal(archive.read("mimetype"), b"application/x-grokscope-run")
        assert "lock" not in names
        equal(archive.read("metrics.csv"), read_bytes("run/metrics.csv"))
    equal(read_bytes("a.grokrun")[30:38], b"mimetype")
    contains(read_bytes("a.grokrun")[38:160], b"application/x-grokscope-run")


@test
def nothing_is_overwritten():
    cli("train", *sets(steps=10), "run")
    cli("archive", "run", "a.grokrun")
    before = tree("run")
    contains(cli("archive", "run", "a.grokrun", status=1).err, "--force")
    cli("archive", "--force", "run", "a.grokrun")
    contains(cli("unarchive", "a.grokrun", "run", status=1).err, "already")
    contains(cli("unarchive", "a.grokrun", "a.grokrun", status=1).err, "already")
    equal(tree("run"), before)
    os.mkdir("empty")
    cli("unarchive", "a.grokrun", "empty")
    equal(tree("empty"), before)


@test
def faults_are_named_and_leave_nothing():
    cli("train", *sets(steps=10), "run")
    cli("archive", "run", "a.grokrun")
    with open("b.grokrun", "wb") as file:
        file.write(read_bytes("a.grokrun")[:-3000])
    with zipfile.ZipFile("c.grokrun", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with open("d.grokrun", "w") as file:
        file.write("no archive at all")
    here = sorted(os.listdir("."))
    for name, message in (("b.grokrun", "damaged"), ("c.grokrun", "hello.txt"),
                          ("d.grokrun", "damaged"), ("e.grokrun", "opened")):
        result = cli("unarchive", name, "new", status=1)
        assert result.err.startswith("grokscope-cli: %s: " % name), result.err
        contains(result.err, message)
        equal(result.err.count("\n"), 1)
    contains(cli("archive", "nothing", "f.grokrun", status=1).err, "nothing")
    contains(cli("archive", "run", "no/where.grokrun", status=1).err, "where.grokrun")
    equal(sorted(os.listdir(".")), here)


@test
def ctrl_c_leaves_nothing():
    cli("train", *sets(steps=10), "run")
    # large enough to be caught at it, and all of it holes
    with open("run/events.log", "wb") as file:
        file.truncate(8 << 30)
    process = start("archive", "run", "a.grokrun")
    while not any(name.startswith(".grokscope-") for name in os.listdir(".")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    contains(err, "Stopped")
    equal((process.returncode, sorted(os.listdir("."))), (1, ["run"]))


main()
