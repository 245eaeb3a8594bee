"""A real cluster: a master and two workers as processes of their own read a corpus to the rows of one process."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cluster import Cluster, cluster, session
from pyspark.sql import SparkSession

import saywho
import saywho.spark

FILES = 12
ARTICLES = 24
WORDS = 1500


@pytest.fixture(scope="module")
def articles() -> pa.Table:
    return corpus.table(ARTICLES, WORDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, articles: pa.Table) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "parquet"
    corpus.write(path, articles, FILES)
    return path


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as made:
        yield made


@pytest.fixture(scope="module")
def spark(two_workers: Cluster) -> Iterator[SparkSession]:
    with session(two_workers) as made:
        yield made


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """In the order of one process, whatever the order in which partitions came in."""
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: (row["document"], int(row.get("attribution", "a0")[1:])))


@pytest.fixture(scope="module")
def expected(articles: pa.Table) -> list[dict[str, Any]]:
    return rows_of(pa.Table.from_batches(saywho.read_arrow(articles, id_column="id")))


def test_the_workers_make_the_rows_of_one_process(
    spark: SparkSession, two_workers: Cluster, folder: Path, expected: list[dict[str, Any]]
) -> None:
    read = saywho.spark.attributions(spark.read.parquet(str(folder)))
    assert read.schema == saywho.spark.schema("attributions")
    assert rows_of(read.toArrow()) == expected
    for number in (0, 1):
        assert "Asked to launch executor" in two_workers.log(f"worker-{number}"), "both workers had a part in it"


def test_tables_can_be_asked_for_in_sql(spark: SparkSession, folder: Path, expected: list[dict[str, Any]]) -> None:
    first = spark.read.parquet(str(folder / "part-000.parquet"))
    saywho.spark.attributions(first).createOrReplaceTempView("attributions")
    [row] = spark.sql("select count(*) as n from attributions where speaker_kind = 'unnamed'").collect()
    unnamed = [row for row in expected if row["speaker_kind"] == "unnamed" and row["document"] in ("n0000", "n0001")]
    assert row["n"] == len(unnamed) > 0


def test_a_worker_that_dies_in_the_middle_changes_nothing(
    spark: SparkSession, two_workers: Cluster, folder: Path, expected: list[dict[str, Any]]
) -> None:
    done_when_killed: list[int] = []

    def kill() -> None:
        tracker = spark.sparkContext.statusTracker()
        until = time.monotonic() + 300
        while time.monotonic() < until:
            done = sum(
                stage.numCompletedTasks
                for stage in map(tracker.getStageInfo, tracker.getActiveStageIds())
                if stage is not None
            )
            if done >= 2:
                two_workers.kill_worker(0)
                done_when_killed.append(done)
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    read = rows_of(saywho.spark.attributions(spark.read.parquet(str(folder))).toArrow())
    killer.join()
    assert done_when_killed and done_when_killed[0] < FILES, "the worker died in the middle"
    assert "Removing worker" in two_workers.log("master") or "got disassociated" in two_workers.log("master")
    assert read == expected


@pytest.mark.skipif("SAYWHO" not in os.environ, reason="SAYWHO names no command to compare with")
def test_the_rows_are_those_of_the_command(folder: Path, tmp_path: Path, expected: list[dict[str, Any]]) -> None:
    out = tmp_path / "out"
    subprocess.run([os.environ["SAYWHO"], "bulk", str(folder), "--out", str(out)], check=True)
    bulk = pq.read_table(out / "attributions")
    assert bulk.schema.names == saywho.schema().names
    assert rows_of(bulk) == expected
