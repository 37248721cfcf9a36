# test-completions.py - shells complete everything that --help tells of
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import os
import re
import shutil
import subprocess

from harness import CLI, DATA, KEYS, SETS, cli, contains, equal, main, test

MAKER = os.path.join(os.path.dirname(os.path.dirname(DATA)), "data", "completions",
                     "make-completions.py")


def make(shell):
    """The script for @shell, in a file."""
    text = subprocess.run([sys.executable, MAKER, CLI, shell], check=True, stdout=subprocess.PIPE,
                          encoding="utf-8").stdout
    with open("script." + shell, "w", encoding="utf-8") as file:
        file.write(text)
    return text


def complete(*words):
    """What bash offers for the last of @words, after the script has been made."""
    quoted = " ".join("'%s'" % word for word in ("grokscope-cli",) + words)
    code = ("set -u; . ./script.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _grokscope_cli; "
            "printf '%%s\\n' \"${COMPREPLY[@]}\"" % (quoted, len(words)))
    result = subprocess.run(["bash", "--norc", "-c", code], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, encoding="utf-8")
    equal((result.returncode, result.stderr), (0, ""))
    return [line for line in result.stdout.split("\n") if line]


def list_commands():
    """Every command with its options, read from --help: words such as sweep and run, options."""
    names = re.findall(r"^  (\w+) ", cli("--help").out.split("Commands:")[1], re.M)
    assert len(names) > 10, names
    paths = [[name] for name in names]
    paths += [["sweep", name] for name in
              re.search(r"(run\|[a-z|]+)", cli("sweep", "--help").out).group(1).split("|")]
    return [(path, re.findall(r"^  (?:-\w, )?(--[a-z-]+)", cli(*path, "--help").out, re.M))
            for path in paths]


@test
def bash_completes_every_command_and_option():
    make("bash")
    commands = list_commands()
    top = [path[0] for path, _ in commands if len(path) == 1]
    equal(complete(""), top + ["--help", "--version"])
    equal(complete("sweep", ""), [path[1] for path, _ in commands if len(path) == 2])
    for path, options in commands:
        assert "--help" in options, path
        equal(complete(*path, "--"), options)
        for option in options if path != ["sweep"] else []:
            contains(complete(*path, "a", option), option)


@test
def bash_completes_values():
    make("bash")
    presets = [preset["name"] for preset in cli("presets", "--json").json()]
    equal(complete("train", "--preset", ""), presets)
    equal(complete("train", "--preset", "=", "pa"), [n for n in presets if n.startswith("pa")])
    equal(complete("train", "-p", "=",), presets)
    equal(complete("presets", "q"), ["quick"])
    equal(complete("train", "--set", ""), [key + "=" for key in KEYS])
    equal(complete("figures", "run", "--format", "pdf,s"), ["pdf,svg"])
    equal(complete("figures", "run", "--width", "slide"), ["slide", "slide-4k"])
    contains(complete("figures", "run", "--figure", ""), "k-shot-grid")
    contains(complete("figures", "run", "--recipe", ""), "3b")
    contains(complete("analyse", "run", "--what", ""), "spectrum")
    equal(complete("runs", "--set", ""), list(SETS))
    equal(complete("figures", "run", "--step", "b"), ["best"])
    equal(complete("train", "--threads", ""), [])


@test
def bash_completes_paths():
    make("bash")
    os.mkdir("my-run")
    for words in (("eval",), ("report",), ("sweep", "status"), ("figures", "a", "--out"),
                  ("train", "--config"), ("report", "a", "--out")):
        contains(complete(*words, "my"), "my-run")


@test
def zsh_and_fish_know_every_option():
    scripts = {"zsh": make("zsh"), "fish": make("fish")}
    for path, options in list_commands():
        body = scripts["zsh"].split("\n_grokscope-cli_%s ()\n" % "_".join(path))[1].split("\n}\n")[0]
        seen = "; and ".join("__fish_seen_subcommand_from " + word for word in path)
        for option in options:
            assert re.search(r"%s[=}']" % option, body), (path, option)
            contains(scripts["fish"], " -n '%s' -l %s " % (seen, option[2:]))
    for shell, text in scripts.items():
        for key in KEYS:
            contains(text, key)
        if shutil.which(shell) is not None:
            subprocess.run([shell, "-n", "script." + shell], check=True)


main()
