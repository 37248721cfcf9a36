# cluster.py - a real Slurm with one node on the loopback, in a folder of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts munged, slurmctld and slurmd as the present user, with ports and keys of their own; nothing
# outside the folder is touched. Debian: slurm-wlm and munge.

import getpass
import os
import secrets
import signal
import socket
import subprocess
import time

CONFIGURATION = """
ClusterName=grokscope-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=batch_sched_delay=0,sched_interval=1,requeue_delay=1
ReturnToService=2
MpiDefault=none
KillWait=5
InactiveLimit=0
MinJobAge=300
PropagateResourceLimits=NONE
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=2048 State=UNKNOWN
PartitionName=test Nodes={host} Default=YES MaxTime=60 State=UP
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Cluster:
    def __init__(self, folder, cpus=2):
        self.folder = folder
        self.daemons = []
        for name in ("munge", "state", "spool"):
            os.makedirs(os.path.join(folder, name), 0o755)
        self.configuration = os.path.join(folder, "slurm.conf")
        with open(self.configuration, "w") as file:
            file.write(CONFIGURATION.format(host=socket.gethostname().split(".")[0],
                                            user=getpass.getuser(), folder=folder, cpus=cpus,
                                            control_port=free_port(), node_port=free_port()))
        self.environment = dict(os.environ, SLURM_CONF=self.configuration)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def spawn(self, *command):
        with open(os.path.join(self.folder, os.path.basename(command[0]) + ".out"), "w") as log:
            self.daemons.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                                                 stderr=subprocess.STDOUT, env=self.environment))

    def start(self):
        munge = os.path.join(self.folder, "munge")
        key = os.path.join(munge, "key")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o400), "wb") as file:
            file.write(secrets.token_bytes(128))
        self.spawn("munged", "--foreground", "--force", "--key-file", key,
                   "--socket", os.path.join(munge, "socket"),
                   "--pid-file", os.path.join(munge, "pid"),
                   "--log-file", os.path.join(munge, "log"),
                   "--seed-file", os.path.join(munge, "seed"))
        self.wait_for(lambda: os.path.exists(os.path.join(munge, "socket")), "munged")
        self.spawn("slurmctld", "-D", "-i", "-f", self.configuration)
        self.wait_for(lambda: self.run("scontrol", "ping").returncode == 0, "slurmctld")
        self.spawn("slurmd", "-D", "-f", self.configuration)
        self.wait_for(lambda: self.run("sinfo", "-h", "-o", "%t").stdout.strip() == "idle",
                      "slurmd")

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = []

    def run(self, *command):
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding="utf-8", env=self.environment)

    def wait_for(self, condition, what, seconds=40):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("%s did not come about.\n%s" % (what, self.logs()))
            time.sleep(0.1)

    def logs(self):
        """What the daemons said, for a test that fails."""
        text = ""
        for name in ("munged.out", "munge/log", "slurmctld.out", "slurmctld.log", "slurmd.out",
                     "slurmd.log"):
            path = os.path.join(self.folder, name)
            if os.path.exists(path):
                with open(path, errors="replace") as file:
                    text += "--- %s\n%s" % (name, "".join(file.readlines()[-15:]))
        return text
