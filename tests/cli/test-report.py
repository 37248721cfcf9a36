# test-report.py - grokscope-cli report
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import os
import re
import subprocess
from html import unescape
from xml.dom import minidom

from harness import CLI, cli, contains, equal, main, read_bytes, read_rows, sets, test
from pictures import list_fonts


def read_codes(path):
    """The pieces of code in an HTML report."""
    with open(path, encoding="utf-8") as file:
        return [unescape(code) for code in re.findall(r"<pre>(.*?)</pre>", file.read(), re.S)]


def without_clocks(path):
    return [{key: value for key, value in row.items() if key not in ("seconds", "tokens_per_second")}
            for row in read_rows(path)]


@test
def the_commands_in_it_make_the_run_again():
    cli("train", *sets(seed=11, lr=0.00123, task_rule="random", optimizer="adamw"), "my run")
    equal(cli("report", "my run", "--out", "report.html").out, "report.html\n")
    train, = [code for code in read_codes("report.html") if code.startswith("grokscope-cli train")]
    rest, = [code for code in read_codes("report.html") if code.startswith("grokscope-cli figures")]
    os.mkdir("bin")
    os.symlink(CLI, "bin/grokscope-cli")
    environment = dict(os.environ, PATH="bin:" + os.environ["PATH"], LC_ALL="C.UTF-8")
    for code in (train, rest.replace("report.html", "again.html")):
        subprocess.run(["sh", "-e", "-c", code], check=True, stdout=subprocess.DEVNULL,
                       env=environment)
    for name in ("config.json", "tasks.csv", "inputs.csv", "per_shot.csv"):
        equal(read_bytes("my run-again/" + name), read_bytes("my run/" + name))
    equal(without_clocks("my run-again/metrics.csv"), without_clocks("my run/metrics.csv"))
    assert len(os.listdir("figures")) > 20
    # but for name, times and paths it is the same report
    for path in ("report.html", "again.html"):
        with open(path, encoding="utf-8") as file:
            figures = file.read().split("<section ")[1:]
        with open(path + ".figures", "w", encoding="utf-8") as file:
            file.write("".join(figure.split("</section>")[0] for figure in figures))
    equal(read_bytes("report.html.figures"), read_bytes("again.html.figures"))


@test
def numbers_are_those_of_the_run():
    cli("train", *sets(steps=20), "run")
    cli("report", "run", "-o", "report.html", "--step", "last")
    document = minidom.parse("report.html")
    cells = [[cell.firstChild.data if cell.firstChild else "" for cell in row.childNodes
              if cell.nodeType == cell.ELEMENT_NODE]
             for row in document.getElementsByTagName("table")[0].getElementsByTagName("tr")]
    last = read_rows("run/metrics.csv")[-1]
    equal(cells[0][-3:], ["Step 20: last shot", "Step 20: all shots", "Step 20: loss"])
    for row, name in zip(cells[1:], ("id_train", "id_test", "ood_train", "ood_test")):
        for text, key in zip(row[-3:], ("last_accuracy", "accuracy", "loss")):
            assert abs(float(text) - float(last["%s_%s" % (name, key)])) < 5.1e-5, (name, key)


@test
def a_pdf_has_pages_with_embedded_fonts():
    cli("train", *sets(steps=10), "run")
    cli("report", "run", "--out", "report.pdf")
    for kind, embedded, subset in list_fonts("report.pdf"):
        assert kind in ("TrueType", "CID TrueType", "Type 1C", "CID Type 0C"), kind
        equal((embedded, subset), ("yes", "yes"))
    about = subprocess.run(["pdfinfo", "report.pdf"], check=True, stdout=subprocess.PIPE,
                           encoding="utf-8").stdout
    pages = int(re.search(r"Pages: *(\d+)", about).group(1))
    assert pages > 4, pages
    contains(about, "Report of the run “run”")
    contains(about, "A4")
    text = subprocess.run(["pdftotext", "-layout", "report.pdf", "-"], check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout
    for page in range(pages):
        contains(text.split("\f")[page], "%d of %d" % (page + 1, pages))
    for part in ("Results", "What Was Trained", "Learning curves", "Logit lens", "--set seed=3",
                 "arXiv:2406.02550"):
        contains(text, part)
    first = read_bytes("report.pdf")
    cli("report", "run", "--out", "report.pdf", "--threads", 2)
    equal(read_bytes("report.pdf"), first)


@test
def what_takes_long_is_left_out_and_said():
    cli("train", *sets(p=29, width=64, heads=8, depth=4, shots=32, batch=2, tasks=400, steps=1,
                       record_every=1, eval_sequences=100), "run")
    # as if more sequences were measured, without the time it takes
    with open("run/config.json") as file:
        config = file.read()
    with open("run/config.json", "w") as file:
        file.write(config.replace('"eval_sequences": 100', '"eval_sequences": 8192'))
    cli("report", "run", "--out", "report.html")
    with open("report.html", encoding="utf-8") as file:
        text = file.read()
    contains(text, "Left out, because they would take long with this model: Label noise, Ablation.")
    assert '<section id="ablation">' not in text
    contains(text, '<section id="attention">')


@test
def faults_are_told():
    cli("train", *sets(steps=10), "run")
    for arguments, status, message in (
            (["run"], 2, "--out"), (["run", "--out", "a.txt"], 2, ".html or .pdf"), ([], 2, "RUN"),
            (["run", "--out", "a.html", "--step", "7"], 1, "7"),
            (["nothing", "--out", "a.html"], 1, "nothing"),
            (["run", "--out", "missing/a.html"], 1, "missing"),
            (["run", "--out", "missing/a.pdf"], 1, "missing")):
        result = cli("report", *arguments, status=status)
        contains(result.err, message)
        equal(result.out, "")
    equal(os.listdir("."), ["run"])


main()
