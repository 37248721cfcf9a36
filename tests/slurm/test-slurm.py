# test-slurm.py - grokscope-cli sweep on a real Slurm
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

import json
import os
import signal
import subprocess
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from cluster import Cluster
from harness import CLI, TINY, cli, contains, equal, heed_hangup, main, test


def write_sweep(name="sweep.json", **recipe):
    base = {key: value for key, value in dict(TINY, **recipe).items() if key != "tasks"}
    with open(name, "w") as file:
        json.dump({"name": "test", "base": base, "axes": {"tasks": [8, 12], "alpha": [0.4, 0.8]}},
                  file)


def states(folder):
    return {run["run"]: run for run in cli("sweep", "status", folder, "--json").json()["runs"]}


def table(folder):
    return cli("sweep", "table", folder, "--csv").out


def undisturbed():
    """The table of the same sweep trained here."""
    cli("sweep", "run", "sweep.json", "alone")
    return table("alone")


def submit(cluster, folder):
    """The number of the job."""
    cli("sweep", "slurm", "sweep.json", folder, "--time", 10)
    submitted = cluster.run("sbatch", "--parsable", folder + "/sweep.sbatch")
    equal(submitted.stderr, "")
    return submitted.stdout.strip()


def wait_for_end(cluster, job):
    """Until it is out of the queue. Slurm lets requeued tasks wait for a while; here they may begin
    at once."""
    hurried = {}

    def is_gone():
        queue = cluster.run("squeue", "-h", "-r", "-j", job, "-o", "%i %t %r").stdout.split("\n")
        for line in filter(None, queue):
            name, state, reason = line.split(None, 2)
            now = time.monotonic()
            if reason == "BeginTime" and now - hurried.get(name, 0) > 3:
                cluster.run("scontrol", "update", "JobId=" + name, "StartTime=now")
                hurried[name] = now
        return not any(queue)
    cluster.wait_for(is_gone, "the end of the job", 100)


def wait_for_step(cluster, folder, run):
    """Until a run has been trained for a while."""
    cluster.wait_for(lambda: states(folder)[run]["step"] > 0, "a record of " + run)


def read_text(path):
    with open(path) as file:
        return file.read()


def restarts(folder):
    """How often all runs together were gone on with."""
    n = 0
    for run in states(folder):
        n += read_text(os.path.join(folder, run, "events.log")).count("resumed")
    return n


# Some seconds; a record every few hundredths of one.
LONG = dict(width=64, batch=64, steps=300, record_every=10)
FIRST = "tasks=8,alpha=0.4"


@test
def an_array_job_trains_all_runs():
    write_sweep()
    expected = undisturbed()
    with Cluster(os.path.abspath("cluster")) as cluster:
        result = cli("sweep", "run", "--slurm", "sweep.json", "far away", "--jobs", 2,
                     SLURM_CONF=cluster.configuration)
        contains(result.out, "Submitted as job ")
        contains(result.out, "4 of 4 runs are finished.")
        equal(table("far away"), expected)
        # Nothing is left to be done, and nothing is submitted for it.
        again = cli("sweep", "run", "--slurm", "far away", SLURM_CONF=cluster.configuration)
        contains(again.out, "All runs are finished.")
    contains(read_text("far away/sweep.sbatch"), "#SBATCH --array=1-4%2\n")


@test
def requeued_tasks_go_on_where_they_were():
    write_sweep(**LONG)
    expected = undisturbed()
    with Cluster(os.path.abspath("cluster")) as cluster:
        job = submit(cluster, "runs")
        wait_for_step(cluster, "runs", FIRST)
        cluster.run("scontrol", "requeue", job + "_1")
        wait_for_end(cluster, job)
        equal({run["state"] for run in states("runs").values()}, {"finished"})
        assert restarts("runs") >= 1
        equal(table("runs"), expected)


@test
def a_task_whose_time_is_up_saves_and_queues_again():
    write_sweep(**LONG)
    expected = undisturbed()
    with Cluster(os.path.abspath("cluster")) as cluster:
        job = submit(cluster, "runs")
        wait_for_step(cluster, "runs", FIRST)
        # What Slurm sends before the limit. Afterwards scancel tries again and again, for minutes.
        signalling = subprocess.Popen(["scancel", "--batch", "--signal=USR1", job + "_1"],
                                      stderr=subprocess.DEVNULL, env=cluster.environment)
        log = "runs/slurm-%s_1.log" % job
        cluster.wait_for(lambda: "stopped; everything is saved." in read_text(log), "its end")
        signalling.kill()
        signalling.wait()
        wait_for_end(cluster, job)
        assert restarts("runs") >= 1
        equal(table("runs"), expected)


@test
def a_cancelled_job_saves_and_stays_away():
    write_sweep(**dict(LONG, steps=100000))
    with Cluster(os.path.abspath("cluster")) as cluster:
        job = submit(cluster, "runs")
        wait_for_step(cluster, "runs", FIRST)
        cluster.run("scancel", job)
        wait_for_end(cluster, job)
        contains(read_text("runs/slurm-%s_1.log" % job), "stopped; everything is saved.")
        found = states("runs")
        equal(found[FIRST]["state"], "begun")
        equal({run["state"] for run in found.values()}, {"begun", "to-do"})


@test
def whoever_comes_back_follows_the_same_job():
    write_sweep(**LONG)
    with Cluster(os.path.abspath("cluster")) as cluster:
        environment = dict(os.environ, SLURM_CONF=cluster.configuration, LC_ALL="C.UTF-8")
        process = subprocess.Popen([CLI, "sweep", "run", "--slurm", "sweep.json", "runs"],
                                   stdout=subprocess.PIPE, encoding="utf-8", env=environment,
                                   preexec_fn=heed_hangup)
        line = process.stdout.readline()
        while "Submitted as job" not in line:
            assert line != "", "it ended"
            line = process.stdout.readline()
        job = line.split()[3].rstrip(".")
        wait_for_step(cluster, "runs", FIRST)
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
        equal(process.returncode, 0)
        contains(rest, "The job %s goes on" % job)
        again = cli("sweep", "run", "--slurm", "runs", SLURM_CONF=cluster.configuration)
        contains(again.out, "Following the job %s" % job)
        contains(again.out, "4 of 4 runs are finished.")


@test
def a_cluster_that_is_not_there_is_reported():
    write_sweep()
    os.mkdir("bin")
    result = cli("sweep", "run", "--slurm", "sweep.json", "runs", status=1,
                 PATH=os.path.abspath("bin"))
    contains(result.err, "Slurm is not here")


main()
