"""Pairs that tell of one event, derived without anyone's judgement, for `training/link.py`.

- `same_quotations`: attributions of articles of different outlets that share a quotation.
- `near_conversations`: sentences of official readouts of conversations with the same partner within two weeks of each other, which go on
  with the same subjects in other words, and of conversations that have nothing to do with each other.
"""
import collections
import datetime
import glob
import itertools
import json
import os
import random
import re

# Days whose conversations are in the project's gold: never learned from.
GOLD = {"2021-06-11", "2021-12-07", "2021-12-14", "2021-12-30", "2021-12-31", "2022-01-27", "2022-01-28", "2022-02-24", "2022-03-30", "2022-07-29"}

# Words of titles of readouts that name no partner.
TITLES = set(
    "Acting Administration Advisor Biden Call Calls Chancellor Commission Council Crown Deputy European Federal Foreign Harris Head House Jake "
    "Jeffrey Joe Joseph Jr Kamala King Leaders Meeting Minister National Office People President Prime Prince Putin Readout Republic Russia "
    "Secretary Security Senior State States Sullivan Telephone The Ukraine Union United Vice Video Vladimir Volodymyr White Zelenskyy".split()
)
PARTIES = {"president", "minister", "prime", "biden", "putin", "zelenskyy", "russia", "russian", "ukraine", "american", "united", "states", "leaders"}


def acts(path):
    """For each article its outlet, day, and the (act, runs of six words) of its attributions. Articles are named outlet_day_words."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            reading = json.loads(line)
            named = re.match(r"(.+?)_(\d{4}-\d\d-\d\d)_", reading["document"]["id"])
            if not named:
                continue
            text, told = reading["document"]["text"], []
            for a in reading["attributions"]:
                words = re.findall(r"\w+", " ".join(text[s["start"] : s["end"]] for s in a["content"]).lower())
                told.append((a["act"], {tuple(words[i : i + 6]) for i in range(len(words) - 5)}))
            yield named[1], datetime.date.fromisoformat(named[2]), told


def same_quotations(path):
    """How often acts are equal, and how often not, as {shares a quotation: [unequal, equal]}, in articles of two outlets within three days."""
    counts = {True: [0, 0], False: [0, 0]}
    for (outlet, day, told), (other, then, retold) in itertools.combinations(list(acts(path)), 2):
        if outlet == other or abs((day - then).days) > 3 or not any(a[1] & b[1] for a in told for b in retold):
            continue
        for a, b in itertools.product(told, retold):
            counts[bool(a[1] & b[1])][a[0] == b[0]] += 1
    return counts


def readouts(folder):
    """(issuer, day, words of the title, sentences without the names of those who talked) of each readout outside the gold."""
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            day = row["date"][:10]
            if day in GOLD:
                continue
            title = set(re.findall(r"[A-Z][\w-]+", row["title"]))
            names = {w.lower() for w in title} | PARTIES
            sentences = []
            for sentence in re.split(r"(?<=[.!?;])\s+|\n", row.get("text") or row["body"]):
                words = [w for w in re.findall(r"[\w’'-]+", sentence) if re.split("[’']", w.lower())[0] not in names]
                if len(words) >= 6:
                    sentences.append(" ".join(words))
            yield os.path.basename(path), datetime.date.fromisoformat(day), title, sentences


def near_conversations(folder):
    """(sentence, sentence, whether the conversations are near each other), three times as many pairs of readouts that are not."""
    documents = list(readouts(folder))
    near, far = [], []
    for a, b in itertools.combinations(documents, 2):
        apart, shared = abs((a[1] - b[1]).days), len((a[2] & b[2]) - TITLES)
        if apart <= 14 and shared >= 2:
            near.append((a, b))
        elif apart > 60 and shared == 0:
            far.append((a, b))
    # As many of each two issuers, since each has a style of its own.
    wanted = {issuers: 3 * count for issuers, count in collections.Counter((a[0], b[0]) for a, b in near).items()}
    random.Random(1).shuffle(far)
    chosen = []
    for a, b in far:
        if wanted.get((a[0], b[0]), 0) > 0:
            wanted[a[0], b[0]] -= 1
            chosen.append((a, b))
    for label, pairs in ((True, near), (False, chosen)):
        for a, b in pairs:
            for x, y in itertools.product(a[3], b[3]):
                yield x, y, label
