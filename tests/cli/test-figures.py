# test-figures.py - grokscope-cli figures
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import json
import os
import re
import shutil
import struct
import subprocess

from harness import cli, contains, equal, main, read_bytes, read_rows, sets, test
from pictures import (count_seams, find_plotter, list_fonts, list_line_widths, paint_pdf,
                      paint_svg, read_png, shrink)

OF_RECORDS = ["learning-curves", "task-grid", "task-table", "shots"]
QUICK = OF_RECORDS + ["attention", "projection", "sequence", "k-shot-grid", "cosine-similarity",
                      "logit-lens", "spectrum"]
ALL = QUICK[:9] + ["label-noise", "logit-lens", "spectrum", "ablation"]
RECIPES = ["1a", "1c", "1d", "1e", "3b", "3c", "5", "6", "7", "8", "label-noise"]
WIDTHS = {"neurips": 5.5, "icml": 3.25, "icml-double": 6.75, "acl": 3.3, "acl-double": 6.8,
          "nature-single": 89 / 25.4, "nature-double": 183 / 25.4, "slide": 960 / 72}
RIGHT = (0x00, 0x72, 0xb2)
LARGEST = 1_000_000


def names_of(names, *extensions):
    return sorted("%s.%s" % (name, extension) for name in names for extension in extensions)


def files(folder, extension, names=QUICK):
    equal(sorted(os.listdir(folder)), names_of(names, extension))
    return [read_bytes(os.path.join(folder, name)) for name in sorted(os.listdir(folder))]


def contents(folder):
    return {name: read_bytes(os.path.join(folder, name)) for name in os.listdir(folder)}


def page_size(pdf):
    """Width and height of the page in points."""
    box = pdf.split(b"/MediaBox [")[1].split(b"]")[0]
    left, bottom, right, top = map(float, box.split())
    return right - left, top - bottom


@test
def every_quick_figure_becomes_a_pdf_of_the_usual_width():
    cli("train", *sets(), "run")
    result = cli("figures", "run", "deep/figures")
    equal(result.out.split(), [os.path.join("deep/figures", name + ".pdf") for name in QUICK])
    for pdf in files("deep/figures", "pdf"):
        equal(pdf[:5], b"%PDF-")
        assert abs(page_size(pdf)[0] - 5.5 * 72) < 0.1
        assert len(pdf) < LARGEST, "over 1 MB"


@test
def the_same_run_gives_the_same_bytes():
    cli("train", *sets(), "run")
    for threads, folder in ((1, "one"), (2, "two"), (2, "one")):
        cli("figures", "run", "--out", folder, "--all", "--recipe", "all", "--format",
            "pdf,svg,png,csv", "--dpi", 72, "--threads", threads)
        if folder == "two":
            one, two = contents("one"), contents("two")
            equal(sorted(one), sorted(two))
            for name, data in one.items():
                assert data == two[name], name
                assert len(data) < LARGEST, "%s is over 1 MB" % name
    equal(contents("one"), two)
    expected = names_of(ALL, "pdf", "svg", "png", "csv", "json", "py")
    expected += names_of(["figure-" + name for name in RECIPES], "pdf", "svg", "png")
    tables = ["figure-" + name for name in ("1c", "1d", "1e", "5", "7", "label-noise")]
    for name, n in (("1a", 3), ("3b", 2), ("3c", 2), ("6", 3), ("8", 2)):
        tables += ["figure-%s-%s" % (name, "abc"[i]) for i in range(n)]
    equal(sorted(one), sorted(expected + names_of(tables, "csv", "json", "py")))


@test
def figures_are_chosen_by_name():
    cli("train", *sets(steps=10), "run")
    cli("figures", "run", "--out", "out", "--figure", "shots", "--figure", "label-noise")
    equal(sorted(os.listdir("out")), ["label-noise.pdf", "shots.pdf"])
    cli("figures", "run", "--out", "recipe", "--recipe", "3b", "--format", "svg")
    equal(os.listdir("recipe"), ["figure-3b.svg"])


@test
def size_and_resolution_are_followed():
    cli("train", *sets(steps=10), "run")
    for width, inches in list(WIDTHS.items()) + [("89mm", 89 / 25.4), ("4.25in", 4.25)]:
        cli("figures", "run", "pdf", "--figure", "shots", "--width", width)
        (pdf,) = files("pdf", "pdf", ["shots"])
        assert abs(page_size(pdf)[0] - 72 * inches) < 0.1, width
    cli("figures", "run", "png", "--size=4x3in", "--format=png", "--dpi=100")
    for png in files("png", "png"):
        equal(struct.unpack(">II", png[16:24]), (400, 300))
    cli("figures", "run", "slide", "--figure", "shots", "--width", "slide", "--format", "png")
    equal(struct.unpack(">II", files("slide", "png", ["shots"])[0][16:24]), (1920, 1080))


@test
def themes_and_grounds():
    cli("train", *sets(steps=10), "run")
    for options, ground in ((["--theme", "paper"], (255, 255, 255)), (["--theme", "dark"], (30, 30, 30)),
                            (["--transparent"], (0, 0, 0, 0))):
        cli("figures", "run", "out", "--figure", "shots", "--recipe", "1c", "--format", "png",
            "--dpi", 72, *options)
        for name in ("shots.png", "figure-1c.png"):
            equal(read_png(read_bytes(os.path.join("out", name)))[0].get(0, 0), ground)


@test
def fonts_are_embedded_and_lines_are_not_too_thin():
    cli("train", *sets(steps=10), "run")
    for width in ("icml", "slide"):
        cli("figures", "run", "out", "--all", "--recipe", "all", "--width", width)
        for name in os.listdir("out"):
            path = os.path.join("out", name)
            fonts = list_fonts(path)
            assert fonts, "%s has no text" % name
            for kind, embedded, subset in fonts:
                assert kind in ("TrueType", "CID TrueType", "Type 1C", "CID Type 0C"), (name, kind)
                equal((embedded, subset), ("yes", "yes"))
            widths = list_line_widths(read_bytes(path))
            assert widths or "sequence" in name, "%s has no lines" % name
            assert min(widths, default=1) >= 0.499, "%s has lines of %g points" % (name, min(widths))


@test
def files_say_what_they_are():
    cli("train", *sets(steps=10, seed=7), "run")
    cli("figures", "run", "out", "--figure", "attention", "--format", "pdf,svg,png")
    about = "p = 5, 12 of 25 tasks"
    _, texts = read_png(read_bytes("out/attention.png"))
    equal(texts["Title"], "run: attention")
    svg = read_bytes("out/attention.svg").decode()
    contains(svg, "<title>run: attention</title>")
    for text in (texts["Description"], svg):
        for part in (about, "seed 7", "step", "context seed 1"):
            contains(text, part)
    contains(texts["Software"], "Grokscope")
    pdf = subprocess.run(["pdfinfo", "out/attention.pdf"], check=True, stdout=subprocess.PIPE,
                         encoding="utf-8").stdout
    for part in ("run: attention", about, "seed 7", "Grokscope"):
        contains(pdf, part)


@test
def svg_has_text_and_looks_like_the_png():
    cli("train", *sets(), "run")
    cli("figures", "run", "out", "--all", "--recipe", "6", "--format", "svg,png", "--dpi", 96,
        "--width", "acl")
    for name in ALL + ["figure-6"]:
        path = os.path.join("out", name)
        svg = read_bytes(path + ".svg").decode()
        sizes = [float(size) for size in re.findall(r'<text [^>]*font-size="([\d.]+)"', svg)]
        assert len(sizes) > 5, "%s has no text" % name
        assert min(sizes) >= 5 and max(sizes) <= 9, "%s: %r" % (name, sizes)
        png, _ = read_png(read_bytes(path + ".png"))
        drawn = paint_svg(path + ".svg", 1)
        assert abs(drawn.width - png.width) <= 1 and abs(drawn.height - png.height) <= 1, name
        differences = [max(abs(a - b) for a, b in zip(one, two))
                       for row, other in zip(blocks(png), blocks(drawn))
                       for one, two in zip(row, other)]
        assert sum(differences) / len(differences) < 4, "%s: %g" % (
            name, sum(differences) / len(differences))
        differing = sum(difference > 60 for difference in differences) / len(differences)
        assert differing < 0.02, "%s: %g of it differs" % (name, differing)


def blocks(picture, step=6):
    means = shrink(picture, step)
    columns = picture.width // step
    return [means[i:i + columns] for i in range(0, len(means), columns)]


@test
def heat_maps_have_no_seams():
    cli("train", *sets(steps=10), "run")
    cli("figures", "run", "out", "--figure", "k-shot-grid", "--format", "pdf,svg")
    for zoom in (1.01, 1.5, 2.23, 3.4):
        for picture in (paint_pdf("out/k-shot-grid.pdf", 96 * zoom),
                        paint_svg("out/k-shot-grid.svg", zoom)):
            seams, area = count_seams(picture, RIGHT)
            assert area > 0.02 * picture.width * picture.height, "no cells"
            equal(seams, 0)


@test
def tables_say_what_is_drawn():
    cli("train", *sets(seed=4), "run")
    cli("figures", "run", "out", "--all", "--format", "csv")
    equal(sorted(os.listdir("out")), names_of(ALL, "csv", "json", "py"))
    equal([row["step"] for row in read_rows("out/learning-curves.csv")],
          [row["step"] for row in read_rows("run/metrics.csv")])
    for name in ALL:
        about = json.loads(read_bytes("out/%s.json" % name))
        rows = read_rows("out/%s.csv" % name)
        equal((about["figure"], about["rows"], about["columns"], about["run"]),
              (name, len(rows), list(rows[0]), "run"))
        equal((about["recipe"]["p"], about["seed"]), (5, 4))
    about = json.loads(read_bytes("out/k-shot-grid.json"))
    step = about["step"]
    asked = cli("analyse", "run", "--what", "kshot", "--json", "--step", step).json()
    equal((about["task"], about["context"][:12]), (asked["task"], asked["context"]))
    equal((about["context_seed"], about["model_step"]), (1, step))
    answers = {(int(row["shots"]), int(row["x"]), int(row["y"])): int(row["model"])
               for row in read_rows("out/k-shot-grid.csv")}
    for (shot, x, y), answer in answers.items():
        equal(answer, asked["shots"][shot]["answers"][5 * x + y])


@test
def scripts_draw_the_tables_again():
    cli("train", *sets(), "run")
    cli("figures", "run", "out", "--all", "--recipe", "all", "--format", "csv", "--width", "acl-double")
    scripts = sorted(name for name in os.listdir("out") if name.endswith(".py"))
    os.mkdir("away")
    for name in os.listdir("out"):
        if not name.endswith(".json"):  # they need the table alone
            shutil.copy(os.path.join("out", name), "away")
    program = ("import runpy, sys, matplotlib.pyplot as plt\n"
               "for name in sys.argv[1:]:\n"
               "    sys.argv = [name]\n"
               "    runpy.run_path(name)\n"
               "    plt.close('all')\n")
    done = subprocess.run([find_plotter(), "-W", "error::UserWarning", "-c", program,
                           *(os.path.join("away", name) for name in scripts)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    equal((done.returncode, done.stdout), (0, ""))
    for name in scripts:
        path = os.path.join("away", name[:-3] + "-matplotlib.pdf")
        assert abs(page_size(read_bytes(path))[0] - 6.8 * 72) < 0.1, name
        for kind, embedded, _ in list_fonts(path):
            assert kind in ("TrueType", "CID TrueType") and embedded == "yes", (name, kind)


@test
def the_record_is_chosen_by_step():
    cli("train", *sets(steps=20), "run")
    cli("figures", "run", "first", "--step", 0)
    cli("figures", "run", "last", "--step", "last")
    for first, last, name in zip(files("first", "pdf"), files("last", "pdf"), sorted(QUICK)):
        assert first != last or name == "task-table", name
    contains(cli("figures", "run", "no", "--step", 7, status=1).err, "the nearest is that of step")
    contains(cli("figures", "run", "no", "--step", "worst", status=1).err, "names no record")
    assert not os.path.exists("no")


@test
def cursor_and_sequence_are_those_of_analyse():
    cli("train", *sets(steps=10), "run")
    sequence = "1 2 3 2 1 3 0 1 1"
    cli("figures", "run", "out", "--figure", "sequence", "--figure", "attention", "--figure",
        "projection", "--format", "csv", "--sequence", sequence, "--layer", 1, "--head", 2)
    about = json.loads(read_bytes("out/projection.json"))
    equal((about["layer"], about["head"], about["context_seed"], about["context"]),
          (1, 2, None, [int(token) for token in sequence.split()]))
    equal(about["task"], [1, 1])
    equal([row["z"] for row in read_rows("out/sequence.csv")], ["3", "3", "1"])
    equal({(row["layer"], row["head"]) for row in read_rows("out/attention.csv")}, {("1", "2")})
    cli("figures", "run", "other", "--figure", "sequence", "--format", "csv", "--task", "2,3",
        "--context-seed", 9)
    for row in read_rows("other/sequence.csv"):
        equal((2 * int(row["x"]) + 3 * int(row["y"])) % 5, int(row["z"]))


@test
def a_run_without_its_snapshots_has_the_figures_of_its_records():
    cli("train", *sets(steps=10), "run")
    for name in os.listdir("run/snapshots"):
        os.remove(os.path.join("run/snapshots", name))
    result = cli("figures", "run", "out")
    contains(result.err, "left out")
    files("out", "pdf", OF_RECORDS)
    contains(cli("figures", "run", "no", "--figure", "attention", status=1).err, "attention")
    cli("figures", "run", "yes", "--figure", "shots")


@test
def a_model_file_has_figures_too():
    cli("train", *sets(steps=10), "run")
    last = sorted(os.listdir("run/snapshots"))[-1]
    shutil.copy(os.path.join("run/snapshots", last), "model.safetensors")
    cli("figures", "model.safetensors", "out")
    files("out", "pdf", [name for name in QUICK if name != "learning-curves"])
    cli("figures", "model.safetensors", "csv", "--figure", "shots", "--format", "csv")
    cli("figures", "run", "same", "--step", "last", "--figure", "shots", "--format", "csv")
    for row, other in zip(read_rows("csv/shots.csv"), read_rows("same/shots.csv")):
        for key, value in row.items():
            assert value == other[key] or abs(float(value) - float(other[key])) < 1e-8, (row, other)


@test
def what_makes_no_sense_is_refused():
    cli("train", *sets(steps=10), "run")
    for option, value, message in (("--size", "5.5", "is no size"),
                                   ("--size", "x3in", "is no size"),
                                   ("--size", "5x-3in", "is no size"),
                                   ("--size", "nanxnanmm", "is no size"),
                                   ("--width", "1e9in", "is no size"),
                                   ("--width", "nature", "nature-single"),
                                   ("--format", "eps", "pdf, svg, png, csv"),
                                   ("--format", "pdf,", "pdf, svg, png, csv"),
                                   ("--theme", "pink", "paper, light, dark"),
                                   ("--figure", "shot", "learning-curves, task-grid"),
                                   ("--recipe", "2", "1a, 1c"),
                                   ("--layer", "9", "from 1 to 2"),
                                   ("--task", "5,5", "from 0 to 4"),
                                   ("--set", "p=7", "“p”"),
                                   ("--dpi", "0.5", "dots per inch")):
        contains(cli("figures", "run", "out", option, value, status=2).err, message)
    contains(cli("figures", "run", status=2).err, "--out")
    contains(cli("figures", status=2).err, "missing")
    contains(cli("figures", "run", "out", "--out", "out", status=2).err, "twice")
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
