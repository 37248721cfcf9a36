# test-usage.py - help, messages, exit codes and everything that needs no model
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import json
import os
import shutil
import subprocess

from harness import CLI, KEYS, MANUAL, SETS, cli, contains, equal, main, sets, test

COMMANDS = {
    "presets": [],
    "train": ["--preset", "--config", "--set", "--threads", "--resume"],
    "eval": ["--step", "--json", "--heads", "--set", "--preset", "--threads"],
    "predict": ["--step", "--json", "--heads", "--sequence", "--attention"],
    "analyse": ["--what", "--step", "--json", "--csv", "--heads", "--set", "--preset", "--threads",
                "--task", "--sequence", "--context-seed", "--shot", "--layer", "--head", "--part",
                "--slots", "--as-in-paper", "--on", "--ablate", "--ablate-mode"],
    "figures": ["--out", "--figure", "--recipe", "--all", "--format", "--width", "--size", "--theme",
                "--transparent", "--dpi", "--step", "--heads", "--set", "--preset", "--config",
                "--task", "--sequence", "--context-seed", "--shot", "--layer", "--head", "--threads"],
    "report": ["--out", "--step", "--all-analyses", "--threads"],
    "animate": ["--out", "--figure", "--from", "--to", "--speed", "--seconds", "--fps", "--size",
                "--text-scale", "--theme", "--threads"],
    "info": ["--json"],
    "runs": ["--set", "--threshold", "--sort", "--csv", "--json"],
    "sweep": [],
    "archive": ["--force"],
    "unarchive": [],
    "convert": ["--heads", "--force"],
    "bench": ["--preset", "--set", "--threads", "--seconds", "--runs", "--json"],
}


@test
def help_lists_every_command():
    for arguments in (["--help"], ["-h"], ["help"]):
        result = cli(*arguments)
        for command in COMMANDS:
            contains(result.out, "\n  %s " % command)
        equal(result.err, "")


@test
def every_command_explains_its_options():
    for command, options in COMMANDS.items():
        result = cli(command, "--help")
        contains(result.out, "grokscope-cli %s [OPTION" % command)
        for option in options + ["--help"]:
            contains(result.out, option)


@test
def help_of_train_explains_every_key():
    text = cli("train", "--help").out
    for key in KEYS:
        contains(text, "\n  %s " % key)


@test
def the_manual_has_every_command_option_and_key():
    with open(MANUAL, encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    help_text = cli("train", "--help").out
    for command, options in COMMANDS.items():
        contains(text, ".SS %s\n" % command)
        for option in options:
            contains(text, option)
    for key in KEYS:
        contains(text, ".TP\n.B %s\n" % key)
        # the same sentence as in --help
        sentence = help_text.split("\n  %s " % key)[1].split("\n")[0].strip()
        contains(text.replace("\\(aq", "'").replace("\\(ha", "^"), sentence)
    for name in SETS:
        contains(text, name)


@test
def version_is_one_line():
    equal(cli("--version").out.split()[0], "grokscope-cli")
    equal(cli("--version").out.count("\n"), 1)


@test
def wrong_usage_is_exit_code_2_and_says_why():
    cases = [
        ([], "A command is needed"),
        (["trian"], "the nearest one is “train”"),
        (["--frobnicate"], "--frobnicate"),
        (["train"], "OUT_DIR"),
        (["train", "a", "b"], "“b” is one argument too many"),
        (["train", "--frobnicate", "a"], "--frobnicate"),
        (["train", "--threads", "many", "a"], "many"),
        (["train", "--threads", "-1", "a"], "threads"),
        (["train", "--set", "steps", "a"], "key=value"),
        (["train", "--preset", "quik", "a"], "the nearest one is “quick”"),
        (["train", "--resume", "--preset", "quick", "a"], "--resume"),
        (["train", "--resume", "--set", "p=7", "a"], "“p”"),
        (["eval"], "RUN_OR_MODEL"),
        (["predict", "model"], "--sequence"),
        (["predict", "model", "--sequence", "1 2", "--attention"], "--json"),
        (["predict", "model", "--sequence", "1 2", "--heads", "-4"], "heads"),
        (["info"], "FILE_OR_RUN"),
        (["archive", "a"], "FILE.grokrun"),
        (["archive", "a", "b.zip"], ".grokrun"),
        (["unarchive", "a.grokrun"], "DIR"),
        (["convert", "a"], "OUT.safetensors"),
        (["convert", "a", "b.pth"], ".safetensors"),
        (["bench", "--seconds", "0"], "seconds"),
        (["bench", "--seconds", "nan"], "seconds"),
        (["bench", "a"], "one argument too many"),
        (["bench", "--runs", "-1"], "runs"),
        (["bench", "--runs", "2", "--threads", "2"], "--threads"),
        (["presets", "quik"], "quick"),
    ]
    for arguments, message in cases:
        result = cli(*arguments, status=2)
        equal(result.out, "")
        contains(result.err, message)
        assert result.err.startswith("grokscope-cli: "), result.err
    equal(os.listdir("."), [])


@test
def all_faults_of_a_recipe_come_at_once():
    with open("recipe.json", "w") as file:
        json.dump({"p": 12, "alpha": 3}, file)
    result = cli("train", "--config", "recipe.json", "--set", "widht=32", "--set", "batch=many",
                 "--set", "heads=0", "run", status=2)
    contains(result.err, "5 faults")
    for part in ("“widht”; the nearest one is “width”", "batch must be", "p must be a prime",
                 "alpha must be", "heads must be"):
        contains(result.err, part)
    assert not os.path.exists("run")


@test
def a_bad_recipe_file_is_a_failure_that_names_it():
    for text, message in (("{", "JSON"), ('{"widht": 64}', "width"), ('{"p": "seven"}', "p must be")):
        with open("recipe.json", "w") as file:
            file.write(text)
        result = cli("train", "--config", "recipe.json", "run", status=1)
        contains(result.err, "recipe.json")
        contains(result.err, message)
        equal(result.err.count("\n"), 1)
    contains(cli("train", "--config", "missing.json", "run", status=1).err, "missing.json")


@test
def preset_then_file_then_sets():
    with open("recipe.json", "w") as file:
        json.dump({"batch": 7, "seed": 3, "steps": 5, "warmup_steps": 2}, file)
    cli("train", "--set", "seed=4", "--preset", "memorise", "--config", "recipe.json", "--set",
        "eval_sequences=3", "--set", "width=16", "run")
    with open("run/config.json") as file:
        recipe = json.load(file)
    equal((recipe["tasks"], recipe["batch"], recipe["seed"], recipe["steps"], recipe["width"]),
          (16, 7, 4, 5, 16))
    equal(list(recipe), KEYS)


@test
def presets_are_listed_and_usable():
    listed = cli("presets", "--json").json()
    names = [preset["name"] for preset in listed]
    for name in ("quick", "memorise", "adamw", "deep", "paper-d2", "paper-d4", "paper-d6"):
        assert name in names, names
        contains(cli("presets").out, "\n" + name if name != names[0] else name)
    equal(names[0], "quick")
    for preset in listed:
        equal(list(preset), ["name", "title", "shows", "look", "paper", "config"])
        equal(list(preset["config"]), KEYS)
        equal(preset["paper"], preset["name"].startswith("paper"))
    shown = cli("presets", "adamw")
    equal(json.loads(shown.out), listed[names.index("adamw")]["config"])
    contains(shown.err, "adamw")
    one = cli("presets", "quick", "--json").json()
    equal(one["estimated_seconds"], None)
    equal(one["config"], listed[0]["config"])


@test
def a_reader_that_goes_away_is_no_failure():
    for command in (["--help"], ["presets"], ["presets", "--json"], ["train", "--help"]):
        read_end, write_end = os.pipe()
        os.close(read_end)
        completed = subprocess.run([CLI, *command], stdout=write_end, stderr=subprocess.PIPE)
        os.close(write_end)
        equal((completed.returncode, completed.stderr), (0, b""))


@test
def a_full_disk_is_a_failure():
    with open("/dev/full", "w") as full:
        completed = subprocess.run([CLI, "presets", "--json"], stdout=full, stderr=subprocess.PIPE,
                                   encoding="utf-8")
    equal(completed.returncode, 1)
    contains(completed.stderr, "could not be written")


def comma_locale():
    """The environment of a locale that writes 0,5; None where there is none and none can be made."""
    known = subprocess.run(["locale", "-a"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           encoding="utf-8").stdout.split()
    for name in known:
        if name.lower().replace("-", "") in ("de_de.utf8", "fr_fr.utf8", "es_es.utf8"):
            return {"LC_ALL": name}
    if shutil.which("localedef") is None:
        return None
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", "./de_DE.UTF-8"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": os.getcwd()} if made.returncode == 0 else None


@test
def json_and_files_are_the_same_in_every_locale():
    def look(folder, environment):
        def run(*arguments):
            return subprocess.run([CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  encoding="utf-8", env=dict(os.environ, **environment))
        run("train", *sets(steps=10), folder)
        with open(folder + "/metrics.csv") as file:
            metrics = [line.split(",")[:5] for line in file]
        return (metrics, run("eval", folder, "--json").stdout,
                run("predict", folder, "--json", "--sequence", "1 2 3 4 0").stdout,
                run("presets", "--json").stdout)

    plain = look("plain", {"LC_ALL": "C"})
    for text in plain[1:]:
        json.loads(text)
    equal(look("utf8", {"LC_ALL": "C.UTF-8"}), plain)
    comma = comma_locale()
    if comma is not None:
        contains(subprocess.run([CLI, "eval", "plain"], stdout=subprocess.PIPE, encoding="utf-8",
                                env=dict(os.environ, **comma)).stdout, "0,")
        equal(look("comma", comma), plain)


main()
