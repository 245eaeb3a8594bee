"""A small Spark cluster on this machine: a master and workers, each a process of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

HOST = "127.0.0.1"
HOME = Path(pyspark.__file__).parent
WAIT_SECONDS = 180


class Cluster:
    """A standalone cluster whose files lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"spark://{HOST}:{free_port()}"
        self.workers: list[subprocess.Popen[bytes]] = []
        port = self.url.rpartition(":")[2]
        args = ["--host", HOST, "--port", port, "--webui-port", str(free_port())]
        self.master = self._start("master", "org.apache.spark.deploy.master.Master", *args)
        self._await("master", "I have been elected leader")

    def add_worker(self) -> None:
        """Starts a worker with one core and 1 GiB."""
        name = f"worker-{len(self.workers)}"
        args = ["--host", HOST, "--port", str(free_port()), "--webui-port", str(free_port())]
        args += ["--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name), self.url]
        self.workers.append(self._start(name, "org.apache.spark.deploy.worker.Worker", *args))
        self._await(name, "Successfully registered with master")

    def kill_worker(self, number: int) -> None:
        """Ends a worker and its executor as a machine that loses power would."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def stop(self) -> None:
        """Ends all that still runs."""
        for process in [*self.workers, self.master]:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def log(self, name: str) -> str:
        """What a process has told so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _start(self, name: str, main: str, *args: str) -> subprocess.Popen[bytes]:
        env = os.environ | {
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder),
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
        }
        with open(self.folder / f"{name}.log", "wb") as log:
            # A group of its own, so that the executors it starts end with it.
            return subprocess.Popen(
                [str(HOME / "bin/spark-class"), main, *args],
                env=env,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )

    def _await(self, name: str, words: str) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while words not in self.log(name):
            if time.monotonic() > until:
                raise TimeoutError(f"{name} did not tell {words!r}:\n{self.log(name)}")
            time.sleep(0.1)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that ends with the block."""
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.stop()


@contextmanager
def session(of: Cluster) -> Iterator[SparkSession]:
    """A driver in this process; a file is a partition, so that there is something to hand out."""
    os.environ["SPARK_LOCAL_IP"] = HOST
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.driver.bindAddress": HOST,
        "spark.driver.host": HOST,
        "spark.driver.memory": "1g",
        "spark.executor.cores": "1",
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.files.openCostInBytes": str(128 << 20),
        "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": str(of.folder),
        "spark.sql.warehouse.dir": str(of.folder / "warehouse"),
    }
    builder = SparkSession.builder.master(of.url).appName("saywho")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
