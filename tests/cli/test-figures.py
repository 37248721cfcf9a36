# test-figures.py - grokscope-cli figures
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import os
import struct

from harness import cli, contains, equal, main, read_bytes, sets, test

NAMES = ["learning-curves", "task-grid", "task-table", "shots"]


def files(folder, extension):
    names = sorted(os.listdir(folder))
    equal(names, sorted("%s.%s" % (name, extension) for name in NAMES))
    return [read_bytes(os.path.join(folder, name)) for name in names]


def page_size(pdf):
    """Width and height of the page in points."""
    box = pdf.split(b"/MediaBox [")[1].split(b"]")[0]
    left, bottom, right, top = map(float, box.split())
    return right - left, top - bottom


@test
def every_figure_becomes_a_pdf_of_the_usual_width():
    cli("train", *sets(), "run")
    result = cli("figures", "run", "deep/figures")
    equal(result.out.split(), [os.path.join("deep/figures", name + ".pdf") for name in NAMES])
    for pdf in files("deep/figures", "pdf"):
        equal(pdf[:5], b"%PDF-")
        assert abs(page_size(pdf)[0] - 5.5 * 72) < 0.1
        assert len(pdf) < 1_000_000, "over 1 MB"


@test
def the_same_run_gives_the_same_bytes():
    cli("train", *sets(), "run")
    for extension in ("pdf", "png"):
        cli("figures", "run", "one", "--format", extension)
        cli("figures", "run", "two", "--format", extension)
        equal(files("one", extension), files("two", extension))
        cli("figures", "run", "one", "--format", extension)
        equal(files("one", extension), files("two", extension))
        for folder in ("one", "two"):
            for name in os.listdir(folder):
                os.remove(os.path.join(folder, name))


@test
def size_and_resolution_are_followed():
    cli("train", *sets(steps=10), "run")
    cli("figures", "run", "pdf", "--size", "89mm")
    for pdf in files("pdf", "pdf"):
        assert abs(page_size(pdf)[0] - 89 / 25.4 * 72) < 0.1
    cli("figures", "run", "png", "--size=4x3in", "--format=png", "--dpi=100")
    for png in files("png", "png"):
        equal(png[:8], b"\x89PNG\r\n\x1a\n")
        equal(struct.unpack(">II", png[16:24]), (400, 300))


@test
def the_record_is_chosen_by_step():
    cli("train", *sets(steps=20), "run")
    cli("figures", "run", "first", "--step", 0)
    cli("figures", "run", "last", "--step", "last")
    for first, last, name in zip(files("first", "pdf"), files("last", "pdf"), sorted(NAMES)):
        assert first != last or name == "task-table", name
    contains(cli("figures", "run", "no", "--step", 7, status=1).err, "the nearest is that of step")
    contains(cli("figures", "run", "no", "--step", "worst", status=1).err, "names no record")
    assert not os.path.exists("no")


@test
def what_makes_no_sense_is_refused():
    cli("train", *sets(steps=10), "run")
    for option, value, message in (("--size", "5.5", "is no size"),
                                   ("--size", "x3in", "is no size"),
                                   ("--size", "5x-3in", "is no size"),
                                   ("--size", "nanxnanmm", "is no size"),
                                   ("--size", "1e9in", "is no size"),
                                   ("--format", "svg", "pdf, png"),
                                   ("--dpi", "0", "dots per inch")):
        contains(cli("figures", "run", "out", option, value, status=2).err, message)
    contains(cli("figures", "run", status=2).err, "missing")
    contains(cli("figures", "elsewhere", "out", status=1).err, "elsewhere")
    equal(os.listdir("."), ["run"])


@test
def a_folder_that_cannot_be_made_is_named():
    cli("train", *sets(steps=10), "run")
    with open("file", "w"):
        pass
    contains(cli("figures", "run", "file", status=1).err, "file")
    contains(cli("figures", "run", "file/below", status=1).err, "file/below")


main()
