# test-locale.py - what changes with the language, and what must not
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The program runs with German numbers and with a catalogue that puts "§" before every line of every
# text. On the screen and in figures both are seen; files that programs read are the same to the
# byte.

import sys
sys.dont_write_bytecode = True

import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

import harness
from harness import cli, contains, equal, main, read_bytes, sets, test

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SVG = "{http://www.w3.org/2000/svg}"
SWEEP = {"name": "a test", "base": {key: value for key, value in harness.TINY.items() if key != "alpha"},
         "axes": {"alpha": [0.4, 0.8]}}
KINDS = ["kshot", "pca", "attention", "cosine", "roles", "ablation", "noise", "lens", "spectrum"]


def make_catalogue(path, mark):
    """Every text that translators get, with the mark before each of its lines."""
    with open(os.path.join(SOURCE, "po/POTFILES")) as file:
        sources = [line.strip() for line in file if line.rstrip().endswith((".c", ".h"))]
    template = pipe(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_",
                     "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2",
                     "--output=-", *sources])
    english = pipe(["msgen", "--lang=en", "-"], template)
    marked = pipe(["msgfilter", "--keep-header", "sed", "/./s/^/%s/" % mark], english)
    os.makedirs(os.path.dirname(path))
    pipe(["msgfmt", "--output-file=" + path, "-"], marked)


def pipe(command, text=None):
    return subprocess.run(command, input=text, cwd=SOURCE, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE).stdout


def install():
    """The program beside German numbers and the catalogue, for all tests."""
    os.makedirs(os.path.join(prefix, "bin"))
    os.makedirs(os.path.join(prefix, "locales"))
    shutil.copy(harness.CLI, os.path.join(prefix, "bin/grokscope-cli"))
    pipe(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(prefix, "locales/de_DE.UTF-8")])
    for language, mark in (("de", "§"), ("ja", "幅")):
        make_catalogue(os.path.join(prefix, "share/locale/%s/LC_MESSAGES/grokscope.mo" % language),
                       mark)


def german(*arguments, language="de"):
    completed = subprocess.run(
        [os.path.join(prefix, "bin/grokscope-cli"), *arguments], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=dict(os.environ, LOCPATH=os.path.join(prefix, "locales"), LC_ALL="de_DE.UTF-8",
                 LANGUAGE=language))
    assert completed.returncode == 0, completed.stderr
    return completed.stdout


def contents(folder):
    return {name: read_bytes(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}


@test
def people_get_translated_words_and_decimal_commas():
    cli("train", *sets(), "run")
    for arguments in (["eval", "run"], ["analyse", "--what=roles", "run"], ["runs", "run"],
                      ["analyse", "--what=kshot", "run"]):
        # the recipe is written as one types it after --set
        plain = re.sub(r"alpha \d\.\d", "", cli(*arguments).out)
        translated = re.sub(r"alpha \d\.\d", "", german(*arguments))
        assert re.search(r"\d\.\d", plain) and not re.search(r"\d,\d", plain), plain
        assert re.search(r"\d,\d", translated) and not re.search(r"\d\.\d", translated), translated
    contains(german("analyse", "--what=lens", "run"), "§")


@test
def columns_are_straight_where_characters_are_wide():
    cli("train", *sets(), "run")
    lines = german("eval", "run", language="ja").split("\n\n")[1].rstrip("\n").splitlines()
    assert len(lines) > 5 and "幅" in lines[0], lines
    widths = {sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
              for line in lines}
    assert len(widths) == 1, lines


@test
def json_and_csv_are_the_same_in_every_language():
    cli("train", *sets(), "run")
    commands = [["eval", "--json", "run"], ["info", "--json", "run"], ["runs", "--json", "run"],
                ["runs", "--csv", "run"], ["presets", "--json"]]
    commands += [["analyse", "--what=" + kind, form, "run"] for kind in KINDS
                 for form in ("--json", "--csv")]
    for arguments in commands:
        plain = cli(*arguments).out
        assert len(plain) > 40, arguments
        equal((arguments, german(*arguments)), (arguments, plain))


@test
def tables_of_figures_with_all_beside_them_are_the_same_in_every_language():
    cli("train", *sets(), "run")
    cli("figures", "--all", "--format=csv", "run", "plain")
    german("figures", "--all", "--format=csv", "run", "german")
    plain = contents("plain")
    assert sum(name.endswith(".json") for name in plain) >= 13, sorted(plain)
    assert sum(name.endswith(".py") for name in plain) >= 13, sorted(plain)
    found = contents("german")
    equal(sorted(found), sorted(plain))
    for name in plain:
        equal((name, found[name].decode()), (name, plain[name].decode()))


@test
def pictures_have_local_labels_and_valid_syntax():
    cli("train", *sets(), "run")
    cli("figures", "--figure=learning-curves", "--figure=shots", "--format=svg", "run", "plain")
    german("figures", "--figure=learning-curves", "--figure=shots", "--format=svg,pdf",
           "run", "german")
    for name in ("learning-curves", "shots"):
        plain = ElementTree.parse("plain/%s.svg" % name).getroot()
        translated = ElementTree.parse("german/%s.svg" % name).getroot()
        labels = {text.text for text in plain.iter(SVG + "text")}
        local = {text.text for text in translated.iter(SVG + "text")}
        assert {"0", "0.4", "1.0"} <= labels, labels
        assert {"0", "0,4", "1,0"} <= local, local
        assert not any(re.search(r"\d\.\d", label) for label in local), local
        assert any(label.startswith("§") for label in local), local
        for element in translated.iter():
            for attribute, value in element.attrib.items():
                if attribute not in ("font-family", "style"):
                    assert not re.search(r"\d,\d", value), (element.tag, attribute, value)
        with open("german/%s.pdf" % name, "rb") as file:
            equal(file.read(5), b"%PDF-")


@test
def runs_and_sweeps_are_written_and_read_in_any_language():
    cli("train", *sets(), "--threads=1", "plain")
    german("train", *sets(), "--threads=1", "german")
    for name in ("config.json", "tasks.csv", "inputs.csv"):
        equal((name, read_bytes("german/" + name)), (name, read_bytes("plain/" + name)))
    equal(cli("eval", "--json", "german").json()["sets"], cli("eval", "--json", "plain").json()["sets"])
    widths = [line.count(",") for line in open("german/metrics.csv")]
    equal(len(set(widths)), 1)
    equal(german("eval", "--json", "german"), cli("eval", "--json", "german").out)
    with open("sweep.json", "w") as file:
        json.dump(SWEEP, file)
    german("sweep", "run", "sweep.json", "sweep")
    for form in ("--csv", "--json"):
        plain = cli("sweep", "table", form, "sweep").out
        equal(german("sweep", "table", form, "sweep"), plain)
    # what a sweep's diagram is drawn from
    cli("figures", "sweep", "--out", "diagram", "--format", "csv")
    german("figures", "sweep", "--out", "translated-diagram", "--format", "csv")
    assert len(os.listdir("diagram")) == 3, os.listdir("diagram")
    equal(contents("translated-diagram"), contents("diagram"))


with tempfile.TemporaryDirectory() as prefix:
    install()
    main()
