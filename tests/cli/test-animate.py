# test-animate.py - grokscope-cli animate
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import os
import signal

from harness import cli, contains, equal, main, read_bytes, sets, start, test
from pictures import read_png

SMALL = ["--size", "160x96", "--text-scale", "0.5", "--fps", "10", "--seconds", "0.5"]
NO_GSTREAMER = "without GStreamer"


def names(n):
    return ["frame-%05d.png" % (i + 1) for i in range(n)]


@test
def pictures_are_numbered_and_of_the_size():
    cli("train", *sets(), "run")
    result = cli("animate", "run", "--out", "film", "--figure", "shots", *SMALL)
    equal(result.out, "film\n")
    equal(sorted(os.listdir("film")), names(5))
    for name in names(5):
        picture, texts = read_png(read_bytes(os.path.join("film", name)))
        equal((picture.width, picture.height), (160, 96))
        equal(texts["Title"], "run: accuracy by shot")
    assert read_bytes("film/frame-00001.png") != read_bytes("film/frame-00005.png")


@test
def the_same_run_gives_the_same_pictures():
    cli("train", *sets(), "run")
    for threads, folder in ((1, "one"), (2, "two")):
        cli("animate", "run", "--out", folder, *SMALL, "--threads", threads)
    for name in names(5):
        equal(read_bytes(os.path.join("one", name)), read_bytes(os.path.join("two", name)))


@test
def speed_and_range_say_how_many():
    cli("train", *sets(), "run")
    cli("animate", "run", "--out", "film", "--figure", "learning-curves", "--size", "160x96",
        "--fps", "4", "--speed", "10", "--from", "10", "--to", "20")
    equal(sorted(os.listdir("film")), names(4))
    # a shorter one takes its place
    cli("animate", "run", "--out", "film", "--figure", "learning-curves", "--size", "160x96",
        "--fps", "4", "--seconds", "0.5", "--theme", "dark")
    equal(sorted(os.listdir("film")), names(2))


@test
def a_film_is_webm():
    cli("train", *sets(), "run")
    result = cli("animate", "run", "--out", "missing/film.webm", *SMALL, status=1)
    if NO_GSTREAMER in result.err:
        contains(result.err, "PNG pictures instead")
        equal(os.listdir("."), ["run"])
        return
    contains(result.err, "missing/film.webm: ")
    result = cli("animate", "run", "--out", "film.webm", "--figure", "task-grid", *SMALL)
    equal(result.out, "film.webm\n")
    data = read_bytes("film.webm")
    equal(data[:4], b"\x1a\x45\xdf\xa3")
    assert b"webm" in data[:100] and b"TITLE" in data and b"run:" in data
    equal(sorted(os.listdir(".")), ["film.webm", "run"])


@test
def an_interrupt_leaves_nothing():
    cli("train", *sets(), "run")
    process = start("animate", "run", "--out", "film", "--seconds", "300", "--figure", "attention")
    while not os.path.isdir("film"):
        assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    equal(process.returncode, 1)
    contains(errors, "Stopped; no film was written.")
    equal(os.listdir("."), ["run"])


@test
def faults_are_sentences():
    cli("train", *sets(), "run")
    for arguments, status, message in (
            ([], 2, "--out FILE.webm"),
            (["--out", "film.mp4"], 2, "there is no .mp4"),
            (["--out", "film", "--figure", "nonsense"], 2, "There is no figure “nonsense”"),
            (["--out", "film", "--size", "12"], 2, "1920x1080"),
            (["--out", "film", "--fps", "0"], 2, "--fps"),
            (["--out", "film", "--seconds", "-1"], 2, "above 0"),
            (["--out", "film", "--seconds", "3", "--speed", "3"], 2, "exclude each other"),
            (["--out", "film", "--from", "x"], 2, "--from takes a training step"),
            (["--out", "film", "--theme", "pink"], 2, "--theme takes one of"),
            (["--out", "film", "--text-scale", "0"], 2, "--text-scale"),
            (["--out", "film", "--from", "1000"], 1, "from step 0 to 30"),
            (["--out", "film", "--seconds", "100000"], 1, "99999")):
        contains(cli("animate", "run", *arguments, status=status).err, message)
    cli("animate", "nowhere", "--out", "film", status=1)
    assert not os.path.exists("film")


main()
