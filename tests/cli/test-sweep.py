# test-sweep.py - grokscope-cli sweep
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import csv
import io
import json
import os
import re
import shlex
import signal
import statistics
import subprocess
import time

from harness import (CLI, MANUAL, SETS, TINY, cli, contains, equal, heed_hangup, main, read_rows,
                     start, test)

SWEEPS = os.path.join(os.path.dirname(MANUAL), "sweeps")
AXES = {"tasks": [8, 12], "alpha": [0.4, 0.8], "seed": [1, 2]}
NAMES = ["tasks=%s,alpha=%s,seed=%s" % (tasks, alpha, seed)
         for tasks in (8, 12) for alpha in (0.4, 0.8) for seed in (1, 2)]


def write_sweep(path="sweep.json", axes=AXES, stop=None, **recipe):
    base = {key: value for key, value in dict(TINY, **recipe).items() if key not in axes}
    sweep = {"name": "a test", "base": base, "axes": axes}
    if stop is not None:
        sweep["stop"] = stop
    with open(path, "w") as file:
        json.dump(sweep, file)


def states(folder):
    return {run["run"]: run["state"]
            for run in cli("sweep", "status", folder, "--json").json()["runs"]}


def metrics(folder):
    """What was measured in all runs, without times."""
    found = {}
    for name in NAMES:
        rows = read_rows(os.path.join(folder, name, "metrics.csv"))
        for row in rows:
            del row["seconds"], row["tokens_per_second"]
        found[name] = rows
    return found


@test
def help_of_the_parts_names_their_options():
    options = {"run": ["--jobs", "--threads", "--slurm", "--partition"], "status": ["--json"],
               "table": ["--csv", "--json", "--set", "--threshold", "--unfinished"],
               "list": ["--threads", "--all"], "cell": ["--threads"],
               "slurm": ["--jobs", "--threads", "--time", "--memory", "--partition"]}
    with open(MANUAL, encoding="utf-8") as file:
        manual = file.read().replace("\\-", "-")
    for part, names in options.items():
        text = cli("sweep", part, "--help").out
        contains(text, "grokscope-cli sweep %s [OPTION" % part)
        contains(cli("sweep", "--help").out, "\n  %s " % part)
        for name in names:
            contains(text, name)
            contains(manual, name)


@test
def wrong_usage_is_reported():
    write_sweep()
    for arguments, message in [
            ([], "Something is missing"), (["rum"], "the nearest one is “sweep run”"),
            (["run"], "[FILE] DIR"), (["run", "--jobs", -1, "d"], "jobs"),
            (["run", "--partition", "x", "sweep.json", "d"], "--slurm"),
            (["table", "--csv", "--json", "d"], "either"), (["table", "--set", "x", "d"], "“x”"),
            (["table", "--threshold", 2, "d"], "threshold"), (["cell", "d"], "CELL"),
            (["slurm", "--time", -1, "d"], "at least 1")]:
        contains(cli("sweep", *arguments, status=2).err, message)
    for part in ("run", "status", "table", "list"):
        contains(cli("sweep", part, "nowhere", status=1).err, "no sweep.json")
    contains(cli("sweep", "run", "missing.json", "d", status=1).err, "missing.json")
    equal(os.listdir("."), ["sweep.json"])


@test
def nothing_starts_when_a_cell_is_impossible():
    write_sweep(axes={"tasks": [8, 10], "alhpa": [0.4]}, batch="many")
    result = cli("sweep", "run", "sweep.json", "d", status=2)
    for part in ("sweep.json", "batch must be", "the nearest one is “alpha”",
                 "tasks=10: tasks must be a multiple of 4"):
        contains(result.err, part)
    assert not os.path.exists("d")


@test
def a_sweep_is_a_folder_of_ordinary_runs():
    write_sweep()
    result = cli("sweep", "run", "sweep.json", "d", "--jobs", 2)
    contains(result.out, "8 runs (tasks: 8 12; alpha: 0.4 0.8; seed: 1 2)")
    contains(result.out, "8 of 8 runs are finished.")
    equal(sorted(os.listdir("d")), sorted(NAMES + ["sweep.json"]))
    for name in NAMES:
        contains(result.out, name + ": finished, 30 steps")
        config = cli("info", "d/" + name, "--json").json()["config"]
        equal(name, "tasks=%s,alpha=%s,seed=%s" % (config["tasks"], config["alpha"],
                                                   config["seed"]))
    cli("eval", "d/" + NAMES[0])
    status = cli("sweep", "status", "d", "--json").json()
    equal(status["name"], "a test")
    equal(status["counts"], {"to-do": 0, "begun": 0, "training": 0, "finished": 8, "failed": 0})
    equal([run["run"] for run in status["runs"]], NAMES)
    equal({(run["step"], run["steps"]) for run in status["runs"]}, {(30, 30)})
    # The same as by itself.
    config = "d/%s/config.json" % NAMES[3]
    cli("train", "--config", config, "alone")
    alone = [row["ood_test_loss"] for row in read_rows("alone/metrics.csv")]
    equal([row["ood_test_loss"] for row in read_rows("d/%s/metrics.csv" % NAMES[3])], alone)
    # Again: nothing is left to do.
    before = metrics("d")
    contains(cli("sweep", "run", "d").out, "8 of 8 runs are finished.")
    equal(metrics("d"), before)


@test
def the_table_is_that_of_the_records():
    write_sweep(stop={"mode": "patience", "patience": 2})
    cli("sweep", "run", "sweep.json", "d")
    rows = list(csv.DictReader(io.StringIO(cli("sweep", "table", "d", "--csv").out)))
    found = cli("sweep", "table", "d", "--json", "--threshold", 0.5).json()
    equal(len(rows), 4)
    equal(len(found), 4)
    for row, place in zip(rows, found):
        runs = [read_rows("d/tasks=%s,alpha=%s,seed=%s/metrics.csv"
                          % (row["tasks"], row["alpha"], seed)) for seed in (1, 2)]
        equal((str(place["at"]["tasks"]), str(place["at"]["alpha"])), (row["tasks"], row["alpha"]))
        equal((row["seeds"], row["finished"], row["runs"]), ("2", "2", "2"))
        moments = {"final": [run[-1] for run in runs],
                   "best": [max(run, key=lambda record: float(record["ood_test_last_accuracy"]))
                            for run in runs]}
        for moment, records in moments.items():
            equal(float(row[moment + "_step"]),
                  statistics.mean(float(record["step"]) for record in records))
            for name in SETS:
                values = [float(record[name + "_last_accuracy"]) for record in records]
                mean, spread = statistics.mean(values), statistics.stdev(values)
                for a, b in ((row["%s_%s" % (moment, name)], mean),
                             (row["%s_%s_spread" % (moment, name)], spread),
                             (place[moment][name]["mean"], mean),
                             (place[moment][name]["spread"], spread)):
                    assert abs(float(a) - b) < 1e-9, (a, b)
            equal(row[moment + "_phase"], place[moment]["phase"])
            contains("1 2", row[moment + "_phase_runs"])
    text = cli("sweep", "table", "d").out
    for part in ("Early-stopped", "Final", " 2/2 ", "±"):
        contains(text, part)
    # From an accuracy of 0 on everything is solved.
    solved = cli("sweep", "table", "d", "--json", "--threshold", 0).json()
    equal({place["final"]["phase"] for place in solved}, {"ood-generalisation"})


@test
def unfinished_runs_count_only_when_asked():
    write_sweep()
    cli("sweep", "list", "sweep.json", "d")
    cli("sweep", "cell", "d", NAMES[0])
    place = cli("sweep", "table", "d", "--json").json()[0]
    equal((place["seeds"], place["runs"], place["best"]["phase_runs"]), (2, 1, 1))
    equal(place["final"]["id_train"]["spread"], None)
    equal(cli("sweep", "table", "d", "--json").json()[1]["best"], None)
    contains(cli("sweep", "table", "d").out, " 0/2 ")
    with open("d/%s/metrics.csv" % NAMES[0]) as file:
        lines = file.readlines()
    with open("d/%s/metrics.csv" % NAMES[0], "w") as file:
        file.writelines(lines[:-1])
    equal(cli("sweep", "table", "d", "--json").json()[0]["runs"], 0)
    equal(cli("sweep", "table", "d", "--json", "--unfinished").json()[0]["runs"], 1)


@test
def listed_commands_train_under_xargs():
    write_sweep()
    os.mkdir("far away")
    listed = cli("sweep", "list", "sweep.json", "far away/d", "--threads", 2).out
    equal([shlex.split(line)[-1] for line in listed.splitlines()], NAMES)
    subprocess.run(["xargs", "-d", "\\n", "-n", "1", "-P", "3", "sh", "-c"], input=listed,
                   encoding="utf-8", check=True, stdout=subprocess.DEVNULL, cwd="/")
    equal(set(states("far away/d").values()), {"finished"})
    equal(cli("sweep", "list", "far away/d").out, "")
    equal(len(cli("sweep", "list", "far away/d", "--all").out.splitlines()), 8)
    write_sweep()
    cli("sweep", "run", "sweep.json", "e")
    equal(metrics("far away/d"), metrics("e"))


@test
def a_cell_has_a_name_or_a_number():
    write_sweep()
    cli("sweep", "list", "sweep.json", "d")
    contains(cli("sweep", "cell", "d", 8).out, NAMES[7] + ": finished, 30 steps.")
    contains(cli("sweep", "cell", "d", 0, status=2).err, "1 to 8")
    contains(cli("sweep", "cell", "d", "tasks=8,alpha=0.4,seed=3", status=2).err, "the nearest one")
    equal([name for name, state in states("d").items() if state == "finished"], [NAMES[7]])


LONG = dict(steps=400, record_every=5)


@test
def a_killed_sweep_goes_on():
    write_sweep(**LONG)
    cli("sweep", "run", "sweep.json", "undisturbed")
    for wait in (0.05, 0.1, 0.2, 0.3):
        process = start("sweep", "run", "sweep.json", "d", "--jobs", 2)
        time.sleep(wait)
        process.kill()
        process.communicate()
    contains(cli("sweep", "run", "d").out, "8 of 8 runs are finished.")
    equal(metrics("d"), metrics("undisturbed"))


@test
def ctrl_c_stops_cleanly_and_says_how_to_go_on():
    write_sweep(steps=1000000, record_every=100)
    process = start("sweep", "run", "sweep.json", "d", "--jobs", 2)
    end = time.monotonic() + 30
    while not os.path.exists("d/%s/state.safetensors" % NAMES[1]):
        assert time.monotonic() < end, "it does not train"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    equal((process.returncode, err), (0, ""))
    contains(out, "Stopped; everything is saved. 0 of 8 runs are finished.")
    contains(out, " sweep run d --jobs 2\n")
    equal(sorted(states("d").values()), ["begun"] * 2 + ["to-do"] * 6)


@test
def a_stopped_cell_asks_to_be_run_again():
    write_sweep(steps=1000000, record_every=100)
    cli("sweep", "list", "sweep.json", "d")
    process = start("sweep", "cell", "d", 1)
    process.stdout.readline()
    contains(cli("sweep", "cell", "d", 1, status=75).err, "Another process is training")
    equal(states("d")[NAMES[0]], "training")
    process.send_signal(signal.SIGTERM)
    out = process.communicate(timeout=30)[0]
    equal(process.returncode, 75)
    contains(out, "stopped; everything is saved.")
    equal(states("d")[NAMES[0]], "begun")


@test
def several_processes_share_a_sweep():
    write_sweep(**LONG)
    cli("sweep", "run", "sweep.json", "undisturbed")
    processes = [start("sweep", "run", "sweep.json", "d", "--jobs", 2) for _ in range(3)]
    finished = []
    for process in processes:
        out, err = process.communicate(timeout=100)
        equal((process.returncode, err), (0, ""))
        finished += [line.split(":")[0] for line in out.splitlines() if ": finished, " in line]
    # What one process trained, no other did; a last one may have been left by a slower one.
    cli("sweep", "run", "d")
    equal(set(states("d").values()), {"finished"})
    equal(metrics("d"), metrics("undisturbed"))
    for name in NAMES:
        with open("d/%s/events.log" % name) as file:
            events = file.read()
        equal((events.count("created"), events.count(" finished")), (1, 1))


@test
def another_sweep_is_not_overwritten():
    write_sweep()
    cli("sweep", "list", "sweep.json", "d")
    write_sweep("other.json", batch=24)
    result = cli("sweep", "run", "other.json", "d", status=1)
    contains(result.err, "another sweep")
    contains(result.err, "sweep run d")
    # More of the same is fine.
    write_sweep("more.json", axes=dict(AXES, seed=[1, 2, 3]))
    equal(len(cli("sweep", "list", "more.json", "d").out.splitlines()), 12)
    contains(cli("sweep", "run", "sweep.json", "d", status=1).err, "another sweep")


@test
def a_run_that_fails_does_not_end_the_others():
    write_sweep()
    cli("sweep", "list", "sweep.json", "d")
    cli("train", "--set", "steps=3", "d/" + NAMES[2])
    result = cli("sweep", "run", "d", status=1)
    contains(result.out, NAMES[2] + ": failed.")
    contains(result.out, "another recipe")
    contains(result.err, "1 run failed")
    equal(sorted(states("d").values()), ["failed"] + ["finished"] * 7)


@test
def the_script_for_slurm_can_be_read():
    write_sweep()
    cli("sweep", "list", "sweep.json", "far away/d")
    for number in (1, 3, 4, 8):
        cli("sweep", "cell", "far away/d", number)
    out = cli("sweep", "slurm", "far away/d", "--jobs", 3, "--threads", 2, "--partition", "gpu").out
    contains(out, "sbatch 'far away/d/sweep.sbatch'")
    with open("far away/d/sweep.sbatch") as file:
        script = file.read()
    for line in ("#SBATCH --array=2,5-7%3", "#SBATCH --cpus-per-task=2", "#SBATCH --partition=gpu",
                 "#SBATCH --requeue", '#SBATCH --chdir="%s/far away/d"' % os.getcwd(),
                 "#SBATCH --time=10", "#SBATCH --mem=256M"):
        contains(script, line + "\n")
    # Without Slurm it is a script as any other.
    environment = dict(os.environ, SLURM_ARRAY_TASK_ID="5", SLURM_CPUS_PER_TASK="1")
    subprocess.run(["sh", "far away/d/sweep.sbatch"], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    equal(states("far away/d")[NAMES[4]], "finished")
    for number in (2, 6, 7):
        cli("sweep", "cell", "far away/d", number)
    contains(cli("sweep", "slurm", "far away/d").out, "All runs are finished.")


@test
def shipped_sweeps_are_right():
    for name, n_runs, most in (("phase-tiny", 12, 80000), ("phase-small", 56, 2000000)):
        path = os.path.join(SWEEPS, name + ".json")
        runs = cli("sweep", "list", path, name).out.splitlines()
        equal(len(runs), n_runs)
        with open(os.path.join(name, "sweep.json")) as file:
            sweep = json.load(file)
        # So many steps of "quick" fit into twenty minutes, and into a night, on two slow cores.
        assert n_runs * sweep["base"]["steps"] <= most
        equal((sweep["base"]["p"], sweep["base"]["width"], sweep["base"]["batch"]), (11, 64, 96))


@test
def a_terminal_sees_each_run_under_way():
    write_sweep(steps=1000000, record_every=1000)
    main_end, other_end = os.openpty()
    process = subprocess.Popen([CLI, "sweep", "run", "sweep.json", "d", "--jobs", "2"],
                               stdin=subprocess.DEVNULL, stdout=other_end, stderr=other_end,
                               preexec_fn=heed_hangup,
                               env=dict(os.environ, LC_ALL="C.UTF-8", TERM="xterm"))
    os.close(other_end)
    text = ""
    is_stopped = False
    try:
        while True:
            text += os.read(main_end, 65536).decode("utf-8", "replace")
            if (not is_stopped and all("%s  " % name in text for name in NAMES[:2])
                    and text.count("of 8 runs finished") > 3
                    and re.search(r"[0-9]:[0-9][0-9]", text.split("left")[-2])):
                process.send_signal(signal.SIGINT)
                is_stopped = True
    except OSError:  # the other end is closed
        pass
    assert is_stopped, "it ended before it was told to: " + text
    equal(process.wait(30), 0)
    contains(text, "/1000000")
    contains(text, "everything is saved")


main()
