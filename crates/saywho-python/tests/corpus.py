"""A corpus of invented articles, written as Parquet files."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PEOPLE = ["Ilse Maren", "Teo Vasca", "Mirela Dorn", "Ada Lind", "Jon Hagel", "Sanna Riik"]
TITLES = ["Foreign minister", "Harbour master", "Senator", "Professor", "Union leader", "Judge"]
SENTENCES = [
    "{title} {name} said that the ban on fishing in the Strait of Hale would {end} by May.",
    "“We will {end} it when the herring have spawned,” {last} told reporters.",
    "According to {name}, the talks on the ferry {end} next week.",
    "Officials in the port of Brel warned that the drills could {end} the season.",
    "{last} denied that an offer had been made.",
    "It rained on the quay, and few boats left.",
]


def article(number: int, words: int = 300) -> str:
    """An article of about so many words, always the same for a number."""
    chance = random.Random(number)
    lines: list[str] = []
    while sum(len(line.split()) for line in lines) < words:
        who = chance.randrange(len(PEOPLE))
        line = chance.choice(SENTENCES)
        end = chance.choice(["end", "halt", "shorten", "lift"])
        lines.append(line.format(title=TITLES[who], name=PEOPLE[who], last=PEOPLE[who].split()[1], end=end))
    return "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3))


def table(count: int, words: int = 300) -> pa.Table:
    """So many articles with their ids and dates."""
    return pa.table(
        {
            "id": [f"n{number:04}" for number in range(count)],
            "text": [article(number, words) for number in range(count)],
            "date": [f"2031-{number % 12 + 1:02}-02" for number in range(count)],
        }
    )


def write(folder: Path, articles: pa.Table, files: int) -> None:
    """Writes the articles as so many files, in their order."""
    folder.mkdir(parents=True)
    size = -(-articles.num_rows // files)
    for number in range(files):
        pq.write_table(articles.slice(number * size, size), folder / f"part-{number:03}.parquet")
