"""Office holders: who held which office for which side, from when to when. Used by make.py."""

import csv
import html
import re
from datetime import date

from offices import SINGLE, factbook_office, holders21_office, title_office
from words import bare, fold, split

COLUMNS = "name surname variants side office from to wikidata source date".split()
SOURCES = {
    "holders21": ("Wikidata office holders", "2022-09-13"),
    "leaders": ("Wikidata world leaders", "2022-12-31"),
    "factbook": ("CIA World Factbook", "2026-01-12"),
    "phoenix": ("PETRARCH2 Phoenix actors", "2014-01-30"),
    "us": ("congress-legislators", "2025-01-20"),
}
# Countries whose names stand family name first in English text too.
FAMILY_FIRST = {"CN", "KR", "KP", "TW", "VN", "KH", "HK", "MO", "SG"}
# The factbook names the head of the sovereign state as chief of state of these.
TERRITORIES = {"GU", "PR", "HK", "MO", "GL", "FO", "GI", "BM", "FK", "KY", "NC", "PF", "CK", "NU"}
PARTICLES = {"von", "van", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "la", "le", "al", "el", "bin", "ibn", "ten", "ter"}
PATRONYMIC = re.compile(r"(vich|vych|vna|ivna)$")
# How long a gap between two terms in one office still counts as one stay.
REAPPOINTED_DAYS = 120
# How long a stay must be for a person of the Phoenix file to count as known.
PHOENIX_DAYS = 2 * 365


def make_holders(facts, states, entries, added):
    """All rows, merged and sorted; hand-written rows win."""
    codes = country_codes(states)
    rows = [hand_written(row) for row in added]
    for more in (holders21(facts, codes), us_executive(facts), leaders(facts, codes), from_factbook(entries)):
        for row in more:
            merge(rows, row)
    known = {(key, row["side"]) for row in rows for key in row["keys"]}
    by_code3 = {s["code3"]: s["code"] for s in states}
    rows += [r for r in phoenix(facts, by_code3) if not any((k, r["side"]) in known for k in r["keys"])]
    end_administration(rows)
    close_succeeded(rows)
    # A stay that ends before it starts is a slip of the source.
    rows = [row for row in rows if not row["to"] or row["from"] <= row["to"]]
    for row in rows:
        row["variants"] = sorted({bare(v) for v in row["variants"]} - {bare(row["name"])})
        if fold(row["surname"]) == fold(row["name"].split()[-1]):
            row["surname"] = ""
    return sorted(rows, key=lambda r: (r["side"], fold(r["name"]), r["from"], r["office"]))


def make(name, side, office, start, end, source, variants=(), surname=None, wikidata=""):
    """One row, with the names it may be called by."""
    variants = [*variants, *shorter_names(name)]
    return {
        "name": name, "surname": surname or family_name(name, side), "variants": variants, "side": side,
        "office": office, "from": start, "to": end, "wikidata": wikidata,
        "source": SOURCES[source][0], "date": SOURCES[source][1],
        "keys": {fold(n) for n in [name, *variants]}, "hand": False,
    }


def hand_written(row):
    """A row of added.tsv in the form that merging wants."""
    made = make(row["name"], row["side"], row["office"], row["from"], row["to"], "us", split(row["variants"]),
                row["surname"] or None, row["wikidata"])
    return {**made, "source": row["source"], "date": row["date"], "hand": True}


def shorter_names(name):
    """The name without middle initials, quoted names, patronymics and Jr."""
    bare = re.sub(r",? (Jr|Sr)\.?$|\"[^\"]*\" ", "", name)
    tokens = bare.split()
    middle = [t for t in tokens[1:-1] if not re.fullmatch(r"[A-Z]\.?", t) and not PATRONYMIC.search(t)]
    short = " ".join([*tokens[:1], *middle, *tokens[1:][-1:]])
    return [n for n in dict.fromkeys([bare, short]) if n != name and " " in n]


def family_name(name, side):
    """The family name with its particles: 'von der Leyen', 'Xi'."""
    tokens = re.sub(r",? (Jr|Sr)\.?$", "", name).split()
    if side in FAMILY_FIRST and len(tokens) > 1:
        return tokens[0]
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(tokens[start:])


def country_codes(states):
    """Code by folded country name."""
    codes = {fold(n): s["code"] for s in reversed(states) for n in [*s["names"], s["name"]]}
    return codes | {"kingdom of denmark": "DK", "kingdom of the netherlands": "NL", "state of palestine": "PS"}


def holders21(facts, codes):
    """Ministers and other officials of 22 countries since about 1990."""
    with open(facts / "officeholders" / "holders21_all.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = re.sub(r"-(cabinet|ministers)$", "", row["source"]).replace("-", " ")
            side = {"us": "US", "world": "UN"}.get(country) or codes[country]
            # The known flaw: these rows name foreign secretaries, who are officials, not ministers.
            if side == "IN" and row["position"] == "Minister of Foreign Affairs":
                continue
            office = holders21_office(row["position"], side)
            name = row["person"].split(",")[0].strip()
            if office and row["start"] and re.match(r"[A-ZÀ-ŽÄ-Ż]", name) and " " in name:
                yield make(name, side, office, row["start"], row["end"], "holders21", wikidata=row["personID"])


def leaders(facts, codes):
    """Heads of state and of government in office in 2021 and 2022; years only."""
    with open(facts / "officeholders" / "world_leaders_2021_wikidata.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            side = codes.get(fold(re.sub(r"^(The|Republic of(?= Ireland)) ", "", row["country"])))
            office = title_office(row["positionLabel"])
            name = row["officeholderLabel"]
            if side and office and name[:1].isupper() and " " in name:
                yield make(name, side, office, row["start_year"], row["end_year"], "leaders", wikidata=row["officeholder"])


def us_executive(facts):
    """Presidents and vice presidents of the United States since 1989, from a file in a small part of YAML."""
    text = (facts / "officeholders" / "us_executive.yaml").read_text(encoding="utf-8")
    for person in re.split(r"^- id:$", text, flags=re.M)[1:]:
        field = dict(re.findall(r"^    (first|last|middle|nickname|suffix|official_full|wikipedia|wikidata): (.+)$", person, re.M))
        name = re.sub(r" \(.*\)", "", field.get("wikipedia") or f"{field['first']} {field['last']}")
        firsts = [field["first"], field.get("nickname", field["first"])]
        variants = [f"{f} {field['last']}" for f in firsts] + [field.get("official_full", name)]
        for kind, start, end in re.findall(r"- type: (\w+)\n    start: '([\d-]+)'\n    end: '([\d-]+)'", person):
            if end < "1989-01-21":
                continue
            office = {"prez": "president", "viceprez": "vice president"}[kind]
            # An end that lies ahead is a plan, not a fact.
            end = "" if end > SOURCES["us"][1] else end
            yield make(name, "US", office, start, end, "us", variants, field["last"], field.get("wikidata", ""))


def from_factbook(entries):
    """Chiefs of state and heads of government as the factbook's last edition has them."""
    for side, entry in entries:
        posts = entry["executive"] or {}
        for post in ("chief of state", "head of government"):
            words = html.unescape(posts.get(post) or "")
            if post == "chief of state" and (side in TERRITORIES or "represented by" in words):
                continue
            match = re.match(r"(.+?) \((?:since )?(\d{1,2} [A-Z][a-z]+ \d{4})", words)
            office, name = factbook_office(match[1]) if match else (None, None)
            if office:
                caps = [t for t in name.split() if re.search(r"[A-ZÀ-Þ]{2,}", t) and not re.fullmatch(r"[IVX]+", t)]
                plain_name = " ".join(title_case(t) for t in name.split())
                surname = " ".join(title_case(t) for t in caps)
                if re.search(r" [IVX]+$", plain_name):
                    surname = plain_name
                yield make(plain_name, side, office, iso(match[2]), "", "factbook", surname=surname or None)


def phoenix(facts, by_code3):
    """Members of governments after 1995 that the other files lack; the office where an alias names it."""
    path = facts / "petrarch2" / "Phoenix.Countries.actors.txt"
    names, roles = [], []
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), "END_"]:
        line = line.split("#")[0].rstrip()
        if line and line[0] not in "+\t [":
            yield from phoenix_person(names, roles, by_code3)
            names, roles = [], []
        if line and line[0] not in "\t [":
            names.append(line.lstrip("+").split("[")[0].strip(" _\t").replace("_", " "))
        roles += re.findall(r"\[([A-Z]{3})GOV (\d{6}|\d{8})-(\d{6}|\d{8})\]", line)


PHOENIX_TITLES = re.compile(r"(?<!VICE )\b(PRESIDENT|PRIME MINISTER|FOREIGN MINISTER|KING|QUEEN|CHANCELLOR|BUNDESKANZLER)\b(?! OF)")


def phoenix_person(names, roles, by_code3):
    """Rows for one person with dated roles; nothing for groups, short stays, or before 1995."""
    if not names or not roles or not re.fullmatch(r"[A-Z'.-]+( [A-Z'.-]+){1,3}", names[0]):
        return
    titles = [m[1].lower() for n in names[1:] if (m := PHOENIX_TITLES.search(n))]
    if PHOENIX_TITLES.search(names[0]):
        return
    plain_names = [n for n in names if not PHOENIX_TITLES.search(n) and re.fullmatch(r"[A-Z'.-]+( [A-Z'.-]+){1,3}", n)]
    last = names[0].split()[-1]
    variants = [title_case_name(n) for n in plain_names if last in n.split()]
    stays = [(code3, phoenix_date(start), phoenix_date(end)) for code3, start, end in roles if code3 in by_code3]
    stays = [(c, s, e) for c, s, e in stays if s and e and e >= "1995" and days(e) - days(s) >= PHOENIX_DAYS]
    # A title says which stay it belongs to only where there is one.
    office = titles[0] if len(set(titles)) == 1 and len(stays) == 1 else "member of government"
    for code3, start, end in stays:
        yield make(title_case_name(names[0]), by_code3[code3], office, start, end, "phoenix", variants)


def phoenix_date(digits):
    """'811014' and '20110211' as ISO dates; None where no such day exists."""
    if len(digits) == 6:
        digits = ("19" if digits[:2] > "20" else "20") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None


def iso(words):
    """'5 Sep 2025' and '5 September 2025' as '2025-09-05'."""
    day, month, year = words.split()
    number = "jan feb mar apr may jun jul aug sep oct nov dec".split().index(month[:3].lower()) + 1
    return f"{year}-{number:02}-{int(day):02}"


def title_case(token):
    """'LAVROV' as 'Lavrov', 'SIRLEAF-KIIR' as 'Sirleaf-Kiir'; roman numerals and mixed case stay."""
    if re.fullmatch(r"[IVX]+", token) or not re.search(r"[A-ZÀ-Þ]{2,}", token):
        return token
    word = re.sub(r"[A-Za-zÀ-ÿ]+", lambda m: m[0][0] + m[0][1:].lower() if m[0].isupper() else m[0], token)
    return "Mc" + word[2:].capitalize() if word.startswith("Mc") and len(word) > 3 else word


def title_case_name(name):
    """A name in capitals as it is written; particles in lower case except at the start."""
    words = [title_case(t) if len(t) > 1 else t for t in name.split()]
    return " ".join(w.lower() if i and w.lower() in PARTICLES else w for i, w in enumerate(words))


def days(text):
    """A possibly partial ISO date as a day number."""
    parts = [int(p) for p in text.split("-")] + [1, 1]
    return date(parts[0], parts[1], parts[2]).toordinal()


def merge(rows, new):
    """Joins `new` to the row of the same person in the same office at the same time, or appends it."""
    for row in rows:
        if row["side"] != new["side"] or row["office"] != new["office"] or not same_person(row, new):
            continue
        touching = (not row["to"] or days(new["from"]) <= days(row["to"]) + REAPPOINTED_DAYS) and (
            not new["to"] or days(row["from"]) <= days(new["to"]) + REAPPOINTED_DAYS
        )
        if not touching:
            continue
        row["keys"] |= new["keys"]
        row["variants"] += [new["name"], *new["variants"]]
        row["wikidata"] = row["wikidata"] or new["wikidata"]
        if not row["hand"]:
            if new["source"] not in row["source"]:
                row["source"] += "; " + new["source"]
            row["from"] = earliest_start(row["from"], new["from"])
            row["to"] = latest_end(row, new)
            row["date"] = max(row["date"], new["date"])
        elif not row["to"]:
            row["date"] = max(row["date"], new["date"]) if not new["to"] else row["date"]
        return
    rows.append(new)


def earliest_start(one, other):
    """The earlier date, in its finer form where one names only the year."""
    first, second = sorted([one, other])
    return second if second.startswith(first) else first


def latest_end(row, new):
    """The end of the joined stay: what the later source says, the finer date where both end."""
    if row["to"] and new["to"]:
        return row["to"] if row["to"].startswith(new["to"]) else max(row["to"], new["to"])
    return (row if row["date"] > new["date"] else new)["to"]


def same_person(a, b):
    """Whether the names may be one person's: a shared form, or one family name and one first letter."""
    if a["keys"] & b["keys"] or (a["wikidata"] and a["wikidata"] == b["wikidata"]):
        return True
    if a["side"] in FAMILY_FIRST or (a["wikidata"] and b["wikidata"]):
        return False
    return fold(a["surname"]) == fold(b["surname"]) and fold(a["name"])[0] == fold(b["name"])[0]


def end_administration(rows):
    """Ends what the 2022 file leaves open of the US administration that ended in January 2025."""
    for row in rows:
        stays = re.search(r"governor|mayor|federal reserve|FBI|chief of staff of|chairman|commandant|naval", row["office"], re.I)
        if row["side"] == "US" and row["source"] == SOURCES["holders21"][0] and not row["to"] and not stays:
            row["to"] = "2025-01-20"


def close_succeeded(rows):
    """Ends an open stay in an office that only one person holds when the next known one starts.

    The end is a bound, not a fact: a holder between the two may be missing. It lies after the row's own date.
    """
    offices = {}
    for row in rows:
        if row["office"] in SINGLE or (row["side"] == "US" and row["office"].endswith(" secretary")):
            offices.setdefault((row["side"], row["office"]), []).append(row)
    for held in offices.values():
        held.sort(key=lambda r: r["from"])
        for row, following in zip(held, held[1:]):
            if not row["to"] and following["from"] > row["from"]:
                row["to"] = following["from"]
