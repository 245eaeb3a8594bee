#!/usr/bin/env python3
"""Makes the tables of world knowledge (states.tsv, holders.tsv, bodies.tsv) beside this script.

    python3 knowledge/make.py FACTS

FACTS is the folder with factbook/, officeholders/ and petrarch2/ (README.md says what they are and where they
come from). Hand-written facts come from codes.tsv and added.tsv beside this script. Needs Python 3.9, nothing
else; the same input gives the same bytes.
"""

import html
import json
import re
import sys
from pathlib import Path

import people
from words import fold, joined, split

HERE = Path(__file__).resolve().parent
STATE_COLUMNS = "code code3 name names adjectives capitals seats unsure source date".split()
BODY_COLUMNS = "name variants kind state source date".split()
FACTBOOK = ("CIA World Factbook", "2026-01-12")
PHOENIX = ("PETRARCH2 Phoenix actors", "2014-01-30")

# Words of the factbook that would mislead: (state, word). Adjectives that several states share stay with the
# state that news means most; short words and capitals that are first names, surnames or cities elsewhere go.
DROPPED = {
    ("KP", "Korean"), ("KP", "Koreans"), ("CG", "Congolese"), ("CG", "Congo"), ("CD", "Congo"),
    ("DM", "Dominican"), ("DM", "Dominicans"), ("HK", "Chinese"), ("HK", "Chinese/Hong Konger"),
    ("HK", "Chinese/Hong Kong"), ("MO", "Chinese"), ("CF", "Central African"), ("CF", "Central Africans"),
    ("VN", "SRV"), ("ET", "FDRE"), ("ZA", "RSA"), ("SC", "Victoria"), ("BM", "Hamilton"), ("FK", "Stanley"),
    ("GY", "Georgetown"), ("KY", "George Town"), ("PR", "San Juan"), ("CR", "San José"), ("MV", "Malé"),
    ("AG", "Saint John's"), ("GD", "Saint George's"), ("JM", "Kingston"), ("BS", "Nassau"), ("GE", "Georgia Republic"),
    ("KM", "Moroni"), ("NC", "French"), ("DO", "The Dominican"), ("VA", "None"), ("ZW", "Harare (formerly Salisbury)"),
}
# Words that often mean something else than the state: a first name, a surname, a US state, a common word.
UNSURE = set(
    "Georgia Jordan Chad Israel Holland Montenegro Congo Dominica Kenya Ireland Guinea Sofia Athens Dane Danes Finn "
    "Finns Swede Swedes Pole Poles Polish Lao Santiago Wellington Samoan Washington Macedonia".split()
)


def read_codes():
    """Factbook code to (alpha-2, alpha-3, name)."""
    lines = (HERE / "codes.tsv").read_text(encoding="utf-8").splitlines()
    return {f[0]: tuple(f[1:4]) for f in (line.split("\t") for line in lines[2:])}


def read_added():
    """The rows of added.tsv by table, without the table's name."""
    tables = {"state": [], "holder": [], "body": []}
    columns = {"state": STATE_COLUMNS, "holder": people.COLUMNS, "body": BODY_COLUMNS}
    for number, line in enumerate((HERE / "added.tsv").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        table, *fields = line.split("\t")
        if len(fields) != len(columns[table]):
            sys.exit(f"added.tsv:{number}: {len(fields)} fields after {table!r}, expected {len(columns[table])}")
        tables[table].append(dict(zip(columns[table], fields)))
    return tables


def plain(field):
    """A factbook field without its HTML and its notes; empty for 'none'."""
    words = html.unescape(field or "").split("; note")[0].split(" (prior to")[0].strip()
    return "" if words.lower() in ("none", "na") else words


def demonyms(field):
    """The forms in 'Croat(s), Croatian(s)'; '(men)' plurals are hand-written in added.tsv."""
    found = []
    for part in re.split(r",|;| or |\band\b", plain(field)):
        part = part.strip()
        word = re.sub(r"\s*\(.*", "", part)
        if not re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}", word) or word in ("NA", "None"):
            continue
        found.append(word)
        if "(s)" in part:
            found.append(word + "s")
    return found


def capitals(field):
    """The cities in 'Kyiv (Kiev is ...)' and 'Porto-Novo (...); Cotonou (...)'."""
    words = re.sub(r"\([^)]*\)", "", html.unescape(field or ""))
    cities = [c.strip() for c in re.split(r"[;,]", words)]
    return [c for c in cities if re.fullmatch(r"[A-ZÀ-Ý][\w'’.-]+(?: (?:la |de |of )?[A-ZÀ-Ý][\w'’.-]+){0,3}", c)]


def factbook_state(entry, code, code3, name):
    """One state's row from its factbook entry."""
    country = entry["country_name"]
    names = [plain(country.get(k)) for k in ("conventional short form", "conventional long form")]
    names += [a for a in re.split(r" or ", plain(country.get("abbreviation"))) if re.fullmatch(r"[A-Z]{3,4}", a)]
    names = [re.sub(r" \(.*", "", re.sub(r"^The (?!Dominican)", "", n)) for n in names]
    nationality = entry["nationality"] or {}
    row = {
        "code": code, "code3": code3, "name": name, "names": names,
        "adjectives": demonyms(nationality.get("adjective")) + demonyms(nationality.get("noun")),
        "capitals": capitals((entry["capital"] or {}).get("name")),
        "seats": [], "unsure": [], "source": FACTBOOK[0], "date": FACTBOOK[1],
    }
    for column in ("names", "adjectives", "capitals"):
        row[column] = [w for w in row[column] if w and (code, w) not in DROPPED]
    return row


def make_states(facts, codes, added):
    """All states by code, the factbook's merged with the hand-written ones."""
    states = {}
    for entry in factbook(facts):
        if entry["code"] in codes:
            row = factbook_state(entry, *codes[entry["code"]])
            states[row["code"]] = row
    for extra in added:
        row = states.get(extra["code"])
        if row is None:
            row = states[extra["code"]] = {**extra, **{c: [] for c in STATE_COLUMNS[3:8]}}
        elif extra["source"] not in row["source"]:
            row["source"] += "; " + extra["source"]
        for column in STATE_COLUMNS[3:8]:
            row[column] = row[column] + split(extra[column])
    for row in states.values():
        row["names"] = [w for w in row["names"] if w != row["name"]]
        every = [row["name"], *row["names"], *row["adjectives"], *row["capitals"], *row["seats"]]
        row["unsure"] = [w for w in row["unsure"] if w in every] + sorted(UNSURE.intersection(every))
    return [states[code] for code in sorted(states)]


def factbook(facts):
    """The factbook's entries."""
    with open(facts / "factbook" / "government.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# What a plain organisation's name holds, and what shows that a line names a person's post or a mission instead.
HEADS = re.compile(
    r"\b(ORGANI[SZ]ATION|UNION|AGENCY|BANK|FUND|COUNCIL|COURT|COMMISSION|ASSOCIATION|LEAGUE|PROGRAMME|COMMUNITY|"
    r"COMMONWEALTH|AUTHORITY|PANEL|PARLIAMENT|FRANCOPHONIE|GROUP)\b"
)
NOT_BODIES = re.compile(
    r"\b(MISSION|MONITOR|ENVOY|CONTINGENT|REPRESENTATIVE|RAPPORTEUR|INITIATIVE|PROJECT|COUNTRIES|SPECIAL|INDO|"
    r"SAHEL|SAHARAN|HERITAGE|FAMILY|AMIS|TRUCE|SEVENTY|HIGH|REFUGEES|HUMAN|CONFERENCES|ASIA NATIONS|SOUTH EAST|"
    r"COUNCIL OF SECURITY|SOUTH ASIAN|WEST AFRICA(?= )|PRESIDENT|SECRETARY|AMERICAN|CHIEF|DIRECTOR|MINISTERS?|OFFICIALS?|TO THE|DEVELOMENT|GOVERNMENT)\b"
)
SMALL = {"of", "and", "for", "the", "on", "in", "de", "la"}


def phoenix_bodies(facts):
    """Intergovernmental organisations with plain names, from the Phoenix file of international actors."""
    names = set()
    path = facts / "petrarch2" / "Phoenix.International.actors.txt"
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match = re.match(r"([A-Z][A-Z_' -]+?)_?\s*\[IGO[A-Z]*\]", line)
        words = match and match[1].replace("_", " ").strip()
        if words and len(words.split()) >= 2 and HEADS.search(words) and not NOT_BODIES.search(words):
            names.add(words)
    for words in sorted(names):
        words = words.removeprefix("THE ").lower().split()
        name = " ".join(w if w in SMALL else w.capitalize() for w in words)
        name = re.sub(r"^la ", "La ", name.replace("L'enf", "l'Enf"))
        yield {"name": name, "variants": [], "kind": "international organisation", "state": "",
               "source": PHOENIX[0], "date": PHOENIX[1]}


def make_bodies(facts, added):
    """All bodies; a hand-written row wins over one of Phoenix that it names already."""
    rows = [{**row, "variants": split(row["variants"])} for row in added]
    taken = {fold(w) for row in rows for w in [row["name"], *row["variants"]]}
    rows += [row for row in phoenix_bodies(facts) if fold(row["name"]) not in taken]
    return sorted(rows, key=lambda row: (row["kind"], row["name"]))


def write(name, columns, rows):
    """Writes one table; lists are joined with '|', doubles left out."""
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(joined(row[c]) for c in columns) + "\n")
    print(f"{name}: {len(rows)} rows, {(HERE / name).stat().st_size} bytes")


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1], "factbook").is_dir():
        sys.exit("usage: make.py FACTS, the folder that holds factbook/, officeholders/ and petrarch2/")
    facts = Path(sys.argv[1])
    codes, added = read_codes(), read_added()
    states = make_states(facts, codes, added["state"])
    write("states.tsv", STATE_COLUMNS, states)
    write("bodies.tsv", BODY_COLUMNS, make_bodies(facts, added["body"]))
    entries = [(codes[e["code"]][0], e) for e in factbook(facts) if e["code"] in codes]
    write("holders.tsv", people.COLUMNS, people.make_holders(facts, states, entries, added["holder"]))


if __name__ == "__main__":
    main()
