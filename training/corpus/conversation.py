"""One conversation told by two or three accounts, or by one report that carries all sides: from the draft that a person writes to offsets,
and back.

The accounts are ours and lie as files in `invented/`; `pack` writes them there. A report is a text that lies there or in the shared folder
already; it is the one account, of no side (null), and each of its claims names the side that tells it. A draft is described in README.md.
"""
import re

import reading
import texts
from texts import Fault, integer

MEDIA = {"telephone", "video", "in person", "letter", "unknown"}
RELATIONS = {"same", "differ", "contradict"}
TOGETHER = ("both", "all")


def people_of(lines):
    """{short key: (name, side or None)}; those with a side took part."""
    out = {}
    for line in filter(str.strip, lines.splitlines()):
        key, *words = line.split(None, 1)
        if not words or key in out:
            raise Fault(f"people: '{line}' " + ("has a key that stands above already" if words else "should be a short key, a name and, for who took part, '= side'"))
        name, _, side = words[0].partition(" = ")
        out[key] = (name.strip(), side.strip() or None)
    return out


def name_of(people, key):
    """What a claim calls its speaker: a name, 'both', 'all', or None."""
    names = []
    for k in filter(None, key.split("+")):
        if k in TOGETHER:
            names.append(k)
        elif k != "-":
            if k not in people:
                raise Fault(f"'{k}' stands in no line of people")
            names.append(people[k][0])
    return "; ".join(names) or None


def side_of(people, key):
    """The side that tells a claim of a report: a key whose name is a side, 'both', 'all', or '-' for none (the report, somebody neutral)."""
    name = name_of(people, key)
    if name not in {None, *TOGETHER, *(side for _, side in people.values())}:
        raise Fault(f"'{key}' is the key of no side")
    return name


def claim(line, accounts, people):
    """One claim line: number and account (in a report: and side) | words | cue | recipient | who>whom act | issue."""
    fields = reading.fields_of(line)
    number, by = reading.three(fields[0], "'{}' should be a number and " + ("who tells it" if accounts[0][1] is None else "that of an account"), 2)
    report = accounts[0][1] is None
    account = 0 if report else integer(by, "the account")
    if account >= len(accounts):
        raise Fault(f"there is no account {account}")
    told = {"side": side_of(people, by)} if report else {}
    text = accounts[account][2]
    try:
        a, b = texts.find(text, fields[1], 0, len(text))
        cue, recipient = ([texts.find(text, w, a, b) if within(text, w, a, b) else texts.find(text, w, *sentence_at(text, a, b)) for w in f.split(" && ") if w != "-"] for f in fields[2:4])
    except LookupError as e:
        raise Fault(str(e)) from None
    who, *rest = fields[4].split() or [""]
    speaker, _, addressee = who.partition(">")
    act = next((t for t in rest if t in reading.ACTS), None)
    if not act or set(rest) - {act, "neg"}:
        raise Fault(f"'{fields[4]}' should be who>whom, an act, and 'neg' where it is negated")
    return {"id": f"c{integer(number, 'the number of a claim')}", "account": account, **told, "start": a, "end": b, "cue": cue, "recipient": recipient, "speaker": name_of(people, speaker),
            "addressee": name_of(people, addressee), "act": act, "polarity": "negated" if "neg" in rest else "affirmed", "issue": fields[5]}


def within(text, words, a, b):
    return bool(texts.occurrences(text, re.sub(r" (~ .*|#\d+)$", "", words), a, b))


def sentence_at(text, a, b):
    """The sentences that hold a..b: a cue or recipient may stand beside its claim."""
    held = [s for s in texts.sentences(text) if s[0] < b and a < s[1]]
    return held[0][0], held[-1][1]


def link(line):
    """'3-17 contradict why it is so'."""
    m = re.match(r"(\d+)-(\d+)\s+(\w+)\s+(\S.*)", line)
    if not m or m.group(3) not in RELATIONS:
        raise Fault("a link is 'number-number same|differ|contradict reason'")
    return {"a": f"c{m.group(1)}", "b": f"c{m.group(2)}", "relation": m.group(3), "why": m.group(4).strip()}


def initiator_of(words, accounts):
    """'Sudovia 0+1', or '-' for nobody."""
    if words == "-":
        return None
    m = re.fullmatch(r"(.+) (\d+(?:\+\d+)*)", words)
    by = [int(n) for n in m.group(2).split("+")] if m else []
    if not m or max(by) >= len(accounts):
        raise Fault(f"initiator '{words}' should be a side and the numbers of the accounts that say so, as 'Sudovia 0+1', or '-'")
    return {"side": m.group(1).strip(), "according_to": by}


def parse(draft):
    """A draft as (annotation, {name of text: text}). Raises Fault with all that is wrong."""
    parts = reading.sections(draft)
    head = reading.head_of(parts["head"])
    people = people_of(parts["people"])
    accounts = []
    if "report" in head:
        text = texts.load(head["report"])[0]
        reading.realign(parts["text"], [], text)
        accounts.append((head["report"], None, text))
    for name, body in parts.items():
        if "report" in head or name in ("head", "people", "claims", "links"):
            continue
        m = re.fullmatch(r"(\d) (\S+) = (.+)", name)
        if not m or int(m.group(1)) != len(accounts):
            raise Fault(f"'== {name}' is no part of a draft, or not in its place: accounts are '== 0 short-name = side', '== 1 ...'")
        accounts.append((f"{texts.named(head['event'], 'the event')}.{m.group(1)}.{texts.named(m.group(2), 'the account', whole=False)}", m.group(3), body.strip("\n")))
    if not accounts:
        raise Fault("the draft holds no account: each begins with '== 0 short-name = side', '== 1 ...'")
    if head.get("medium") not in MEDIA:
        raise Fault(f"medium should be one of {', '.join(sorted(MEDIA))}")
    faults, claims, links = [], [], []
    for into, section, make in ((claims, "claims", lambda l: claim(l, accounts, people)), (links, "links", link)):
        for line in filter(str.strip, parts[section].splitlines()):
            try:
                into.append(make(line))
            except (Fault, *texts.RAW) as e:
                faults.append(f"{line[:70]}: {texts.why(e)}")
    if faults:
        raise Fault("\n".join(faults))
    initiator = initiator_of(head.get("initiator", "-"), accounts)
    record = {"id": head.get("report") or head["event"], "reader": head.get("reader", "one"),
              "conversation": {"participants": [{"name": n, "side": s} for n, s in people.values() if s], "medium": head["medium"], "date": None if head.get("date") == "-" else head.get("date"), "initiator": initiator,
                               "duration_minutes": integer(head["minutes"], "minutes") if "minutes" in head else None},
              "people": {k: [n, s] for k, (n, s) in people.items()},
              "accounts": [{"text": t, "side": s, "sha256": texts.checksum(body)} for t, s, body in accounts],
              "claims": claims, "links": links}
    return record, {t: body for t, side, body in accounts if side}


def is_report(record):
    return record["accounts"][0]["side"] is None


def tellers(c, sides):
    """The sides that tell a claim: that of its account; in a report the one it names, all of them, or none."""
    if "side" not in c:
        return {sides[c["account"]]}
    return set(sides) if c["side"] in TOGETHER else {c["side"]} - {None}


def relation(issue, claims, links, sides):
    """What the sides make of an issue: by the links of its claims, or told by one alone, or in a report by none of them."""
    here = {c["id"]: c for c in claims if c["issue"] == issue}
    told = set().union(*(tellers(c, sides) for c in here.values()))
    found = {l["relation"] for l in links if l["a"] in here or l["b"] in here}
    if len(told) < 2 and not found:
        return "only " + (told.pop() if told else "the report")
    found |= {"same" for c in here.values() if c.get("side") in TOGETHER}
    return next((r for r in ("contradict", "same") if r in found), "differ")


def sides_of(record):
    """The sides by account, or of a report those who took part."""
    if is_report(record):
        return list(dict.fromkeys(p["side"] for p in record["conversation"]["participants"]))
    return [a["side"] for a in record["accounts"]]


def issues_of(record):
    return [{"issue": i, "relation": relation(i, record["claims"], record["links"], sides_of(record))} for i in dict.fromkeys(c["issue"] for c in record["claims"])]


def faults_of(record):
    """What is wrong with a committed conversation."""
    out, by_id = [], {c["id"]: c for c in record["claims"]}
    bodies = [texts.load(a["text"])[0] for a in record["accounts"]]
    for a, body in zip(record["accounts"], bodies):
        if texts.checksum(body) != a["sha256"]:
            out.append(f"{a['text']} is not the text that was annotated (checksum)")
    if out:
        return out
    if len(by_id) < len(record["claims"]):
        out.append("two claims have one id")
    for c in record["claims"]:
        if is_report(record) and c["side"] not in {None, *TOGETHER, *sides_of(record)}:
            out.append(f"{c['id']} is told by '{c['side']}', who is no side")
        body = bodies[c["account"]]
        for a, b in [(c["start"], c["end"]), *c["cue"], *c["recipient"]]:
            if not 0 <= a < b <= len(body) or body[a:b] != body[a:b].strip() or not reading.edge_ok(body, a, b):
                out.append(f"{c['id']}: {a}..{b} is no span of whole words")
    taken = sorted((c["account"], c["start"], c["end"], c["id"]) for c in record["claims"])
    out += [f"{x[3]} and {y[3]} overlap" for x, y in zip(taken, taken[1:]) if x[0] == y[0] and y[1] < x[2]]
    for l in record["links"]:
        if l["a"] not in by_id or l["b"] not in by_id:
            out.append(f"link {l['a']}-{l['b']} joins a claim that is missing")
        elif is_report(record):
            ends = [tellers(by_id[l[end]], sides_of(record)) for end in "ab"]
            if len(ends[0]) != 1 or len(ends[1]) != 1 or ends[0] == ends[1]:
                out.append(f"link {l['a']}-{l['b']} does not join claims of two sides")
        elif by_id[l["a"]]["account"] == by_id[l["b"]]["account"]:
            out.append(f"link {l['a']}-{l['b']} joins two claims of one account")
    joined = [frozenset((l["a"], l["b"])) for l in record["links"]]
    out += [f"{sorted(p)} are linked twice" for p in set(joined) if joined.count(p) > 1]
    for issue in issues_of(record):
        here = {c["id"] for c in record["claims"] if c["issue"] == issue["issue"]}
        if issue["relation"] == "differ" and not any(l["a"] in here or l["b"] in here for l in record["links"]):
            out.append(f"'{issue['issue']}' is told by several and has no link")
    return out


def draft_of(record):
    """The draft of a committed conversation, to be changed and packed again."""
    v, people = record["conversation"], record["people"]
    by_name = {n: k for k, (n, _) in people.items()} | {"both": "both", "all": "all", None: "-"}
    initiator = f"{v['initiator']['side']} {'+'.join(map(str, v['initiator']['according_to']))}" if v["initiator"] else "-"
    lines = [f"{'report' if is_report(record) else 'event'} {record['id']}", f"reader {record['reader']}", f"medium {v['medium']}", f"date {v['date'] or '-'}", f"initiator {initiator}"]
    lines += [f"minutes {v['duration_minutes']}"] * bool(v["duration_minutes"])
    lines += ["== people"] + [f"{k} {n}" + (f" = {s}" if s else "") for k, (n, s) in people.items()]
    bodies = [texts.load(a["text"])[0] for a in record["accounts"]]
    for a, body in zip(record["accounts"], bodies):
        lines += ["== text" if is_report(record) else "== {} {} = {}".format(*a["text"].split(".")[-2:], a["side"]), body]
    key = lambda name: "+".join(by_name[n] for n in name.split("; ")) if name else "-"
    lines.append("== claims")
    for c in record["claims"]:
        body = bodies[c["account"]]
        text = whole(body, c["start"], c["end"], 0, len(body))
        cue, recipient = (" && ".join(whole(body, a, b, *(window(body, c, a, b))) for a, b in c[r]) or "-" for r in ("cue", "recipient"))
        to = ">" + key(c["addressee"]) if c["addressee"] else ""
        by = key(c["side"]) if is_report(record) else c["account"]
        lines.append(reading.line_of([f"{c['id'][1:]} {by}", text, cue, recipient, f"{key(c['speaker'])}{to} {c['act']}{' neg' * (c['polarity'] == 'negated')}", c["issue"]]))
    lines += ["== links"] + [f"{l['a'][1:]}-{l['b'][1:]} {l['relation']} {l['why']}" for l in record["links"]]
    return "\n".join(lines) + "\n"


def window(body, c, a, b):
    return (c["start"], c["end"]) if within(body, body[a:b], c["start"], c["end"]) else sentence_at(body, c["start"], c["end"])


def whole(body, a, b, start, end):
    words = re.sub(r"\s+", " ", body[a:b])
    same = texts.occurrences(body, words, start, end)
    return words + (f" #{same.index((a, b)) + 1}" if len(same) > 1 else "")


def gold_of(record):
    """The annotation in the format of `../shared/gold/calls-invented`, with cues, recipients and reasons besides."""
    bodies = [texts.load(a["text"])[0] for a in record["accounts"]]
    claims = [c | {"text": bodies[c["account"]][c["start"]:c["end"]]} for c in record["claims"]]
    return {"id": record["id"], "conversation": record["conversation"], "claims": claims, "links": record["links"], "issues": issues_of(record)}


def output_of(record):
    """The annotation as if saywho had compared the accounts, so that the scorer can take it for the second reading."""
    documents = [{"id": a["text"], "side": a["side"], "text": texts.load(a["text"])[0]} for a in record["accounts"]]
    issues = [i | {"claims": [c["id"] for c in record["claims"] if c["issue"] == i["issue"]]} for i in issues_of(record)]
    return {"documents": documents, "conversation": record["conversation"], "claims": [c | {"document": c["account"]} for c in record["claims"]], "links": record["links"], "issues": issues}
