#!/usr/bin/env python3
"""The annotated corpus of saywho. Python's standard library and something that unpacks zstd (`texts.unpacked`); `README.md` describes
the drafts.

  corpus.py draw COLLECTION [N] [SEED] [GENRE]   ids of texts to annotate, at random, none that has an annotation or is gold;
                                         annotate them in this order, whatever they are
  corpus.py show ID                      the text as the beginning of a draft, with its sentences numbered
  corpus.py pack DRAFT...                turns drafts into annotations here (offsets and checksum; the text of others stays out)
  corpus.py unpack ID [two] [report]     a committed annotation, or its second reading, as a draft again; with "report" that of both sides
                                         in one text, not its reading
  corpus.py check                        verifies every annotation against its text
  corpus.py export [FOLDER]              gold files for `saywho eval corpus` and score_saywho.py, by part (default: exported/), if `check`
                                         finds no fault; they take the place of an earlier export whole, and the folder may hold nothing else
  corpus.py agree DRAFT_OR_ID DRAFT_OR_ID   scores the second reading of a text or conversation by the first (not of a report)
  corpus.py agree                        the same for all second readings here, added up
  corpus.py sizes                        counts by genre and layer
  corpus.py damage [N]                   draws the table of damaged texts anew: N of news (default 45), as many of each kind
"""
import collections
import contextlib
import importlib.util
import inspect
import io
import json
import random
import sys
import tempfile
from pathlib import Path

import agreement
import conversation
import damage as damages
import reading
import texts
from texts import HERE, Fault

LAYERS = {"readings": reading, "conversations": conversation, "reports": conversation}
EXPORTED = {"readings": "reading", "conversations": "pairs", "reports": "report"}


def committed():
    """(layer, path, annotation) of all that is committed."""
    for layer in LAYERS:
        for path in sorted((HERE / layer).glob("*/*.json")):
            yield layer, path, annotation(path)


def annotation(path):
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except texts.RAW as e:
        raise Fault(f"{path} cannot be read as an annotation: {e}") from None
    if not isinstance(record, dict) or "id" not in record:
        raise Fault(f"{path} is no annotation: it has no id")
    return record


def read(path):
    """The draft at a path."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Fault("there is no such file") from None
    except ValueError as e:
        raise Fault(f"is no text in UTF-8: {e}") from None


def second():
    """(layer, path, annotation) of the second readings; they are soft labels and never exported."""
    for layer in LAYERS:
        for path in sorted((HERE / "second" / layer).glob("*.json")):
            yield layer, path, annotation(path)


def damaged():
    """(row, annotation) of the damaged texts, whose annotations are made of those of the whole ones."""
    whole = {record["id"]: record for layer, _, record in committed() if layer == "readings"}
    for name, row in damages.table().items():
        if row["base"] not in whole:
            raise Fault(f"damaged.tsv: {row['base']} has no annotation; draw the table anew (corpus.py damage)")
        texts.load(name)  # says what is wrong with a row that cannot be made
        yield row, damages.record_of(whole[row["base"]], texts.load(row["base"])[0], row["kind"], row["seed"], texts.checksum)


def write(path, record):
    """JSON with one attribution, claim or link a line, so that changes can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = []
    for key, value in record.items():
        rows = isinstance(value, list) and value and isinstance(value[0], dict)
        body = "[\n  " + ",\n  ".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n ]" if rows else json.dumps(value, ensure_ascii=False)
        fields.append(f" {json.dumps(key)}: {body}")
    path.write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")


def parse(draft):
    """(layer, annotation, texts of ours) of a draft."""
    if draft.startswith(("event ", "report ")):
        record, bodies = conversation.parse(draft)
        return "reports" if conversation.is_report(record) else "conversations", record, bodies
    return "readings", reading.parse(draft), reading.own_text(draft)


def draw(name, count="5", seed="1", genre=None):
    number = texts.integer(count, "how many texts to draw")
    every = texts.collection(name)
    if genre and genre not in (genres := sorted({r["genre"] for r in every.values()})):
        raise Fault(f"{name} has no genre '{genre}': it has {', '.join(genres)}")
    done = texts.gold() | {record["id"] for _, _, record in committed()}
    fit = [i for i, r in sorted(every.items()) if i not in done and genre in (None, r["genre"]) and 120 <= len(r["text"].split()) <= (600 if genre else 400)]
    for i in random.Random(f"{name} {seed}").sample(fit, min(number, len(fit))):
        print(i, every[i]["genre"], len(every[i]["text"].split()), sep="\t")


def show(text_id):
    print(f"text {text_id}\nreader one\n== entities\n== text\n{reading.mark(texts.load(text_id)[0])}\n== units\n== attributions")


def pack(*paths):
    if not paths:
        raise Fault("pack takes the paths of drafts")
    faults = []
    for path in paths:
        try:
            draft = read(path)
            again = reading.head_of(reading.sections(draft)["head"]).get("reader") == "two"
            layer, record, bodies, wrong = examined(path, draft, again)
            if not wrong:
                for name, body in bodies.items() if not again else ():
                    keep(name, body)
                write(HERE / ("second" if again else "") / layer / ("" if again else texts.part(record["id"])) / f"{record['id']}.json", record)
                print("packed", record["id"], summary(layer, record))
                for words in reading.loose_pronouns(record) if layer == "readings" else ():
                    print("   is this nobody's pronoun? ..." + words + "...")
            faults += [f"{path}: {w}" for w in wrong]
        except (Fault, *texts.RAW) as e:
            faults.append(f"{path}: {texts.why(e)}")
    texts.complain(faults)


def examined(path, draft, again):
    """(layer, annotation, texts of ours, faults) of a draft; its texts of ours are read from the draft, and nothing is written."""
    try:
        texts.DRAFTED.update(reading.own_text(draft))
        layer, record, bodies = parse(draft)
        texts.DRAFTED.update(bodies)
        wrong = LAYERS[layer].faults_of(record)
    finally:
        texts.DRAFTED.clear()
    for name, body in bodies.items() if again else ():
        known(path, name, body)
    return layer, record, bodies, wrong


def summary(layer, record):
    return ", ".join(f"{len(record[k])} {k}" for k in (("attributions", "mentions", "entities") if layer == "readings" else ("claims", "links")))


def keep(name, body):
    """Writes a text of ours, which its draft brings along."""
    (texts.INVENTED / f"{name}.txt").write_text(body, encoding="utf-8")


def known(path, name, body):
    """Refuses a second reading of a text of ours that is not the one first read."""
    if not (texts.INVENTED / f"{name}.txt").exists() or texts.load(name)[0] != body:
        raise Fault(f"{path}: its account {name} is not the one in invented/: pack the first reading first")


def unpack(name, *which):
    if set(which) - {"two", "report"}:
        raise Fault(f"unpack takes an id, 'two' and 'report', not '{' '.join(which)}'")
    for layer, path, record in (second if "two" in which else committed)():
        if record["id"] == name and (layer == "reports") == ("report" in which):
            print(LAYERS[layer].draft_of(record), end="")
            return
    raise Fault(f"{name} has no annotation")


def faults_of(layer, record):
    """What is wrong with an annotation; a damaged file is a fault, a missing shared folder an error."""
    try:
        return LAYERS[layer].faults_of(record)
    except texts.RAW as e:
        return [texts.why(e)]


def verified():
    """(number of annotations, faults) of all that is committed."""
    faults, count = [], 0
    for layer, path, record in committed():
        count += 1
        wrong = faults_of(layer, record)
        if path.parent.name != texts.part(path.stem) or path.stem != record.get("id"):
            wrong.append(f"belongs at {layer}/{texts.part(record.get('id') or path.stem)}/{record.get('id')}.json")
        faults += [f"{path.relative_to(HERE)}: {w}" for w in wrong]
    first = {(layer, path.stem) for layer, path, _ in committed()}
    for layer, path, record in second():
        count += 1
        wrong = faults_of(layer, record)
        if path.stem != record.get("id") or record.get("reader") != "two" or (layer, path.stem) not in first:
            wrong.append("is no second reading of an annotation here")
        faults += [f"{path.relative_to(HERE)}: {w}" for w in wrong]
    for row, record in () if faults else damaged():  # made of those above
        count += 1
        if record["sha256"] != row["sha256"]:
            faults.append(f"damaged.tsv: {record['id']} is not the text that was made when the table was drawn (checksum)")
        faults += [f"{record['id']}: {w}" for w in reading.faults_of(record)]
    return count, faults


def check():
    count, faults = verified()
    print(f"{count} annotations checked, {len(faults)} faults")
    texts.complain(faults)


def export(folder=HERE / "exported"):
    """Writes all or nothing: to a folder beside, which then takes the place of the earlier export."""
    folder = Path(folder).resolve()
    if folder.exists() and not folder.is_dir():
        raise Fault(f"{folder} is no folder")
    for path in (p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()):
        kind, *within = path.relative_to(folder).parts
        if kind not in EXPORTED.values() or len(within) != 2 or not path.name.endswith((".txt", ".gold.json")):
            raise Fault(f"{path} is no part of an export, and an export takes the place of the whole folder: move that file, or export elsewhere")
    count, faults = verified()
    if faults:
        print(f"{count} annotations checked, {len(faults)} faults; nothing is exported")
    texts.complain(faults)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        write_gold(new)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise
    print(f"exported to {folder}")


def write_gold(folder):
    every = [(layer, record) for layer, _, record in committed()] + [("readings", record) for _, record in damaged()]
    for layer, record in every:
        into = folder / EXPORTED[layer] / texts.part(record["id"])
        into.mkdir(parents=True, exist_ok=True)
        names = [record["id"]] if layer != "conversations" else [a["text"] for a in record["accounts"]]
        for name in names:
            (into / f"{name}.txt").write_text(texts.load(name)[0], encoding="utf-8", newline="")
        write(into / f"{record['id']}.gold.json", LAYERS[layer].gold_of(record))


def read_any(what):
    """(layer, annotation) of a draft's path or an id."""
    if Path(what).is_file():
        try:
            layer, record, bodies = parse(read(what))
        except (Fault, *texts.RAW) as e:
            raise Fault(f"{what}: {texts.why(e)}") from None
        for name, body in bodies.items():
            known(what, name, body)
        return layer, record
    for layer, _, record in committed():
        if record["id"] == what:
            return layer, record
    raise Fault(f"{what} is neither a draft nor the id of an annotation")


def scorer():
    spec = importlib.util.spec_from_file_location("score_saywho", texts.shared("eval/score_saywho.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def agree(*pair):
    if not pair:
        agree_all()
        return
    if len(pair) != 2:
        raise Fault("agree takes two readings, or none for all second readings here")
    (layer, a), (other, b) = map(read_any, pair)
    if layer != other or a["id"] != b["id"]:
        raise Fault(f"{a['id']} and {b['id']} are not readings of one text")
    if layer == "readings":
        score_reading(a, b)
        agreement.show(a, b)
    else:
        score_conversations([(a, b)])


def agree_all():
    first = {record["id"]: record for layer, _, record in committed() if layer != "reports"}
    pairs = collections.defaultdict(list)
    for layer, _, record in second():
        if layer == "reports":
            continue
        pairs[layer].append((first[record["id"]], record))
    print(f"-- {len(pairs['readings'])} readings")
    reports = []
    for a, b in pairs["readings"]:
        with contextlib.redirect_stdout(io.StringIO()) as report:
            score_reading(a, b)
        reports.append(report.getvalue())
    agreement.added_up(reports)
    agreement.show(*(agreement.pooled([p[i] for p in pairs["readings"]]) for i in (0, 1)))
    print(f"-- {len(pairs['conversations'])} conversations")
    score_conversations(pairs["conversations"])


def score_reading(a, b):
    scorer().reading(reading.gold_of(a), texts.load(a["id"])[0], reading.output_of(b))


def score_conversations(pairs):
    with tempfile.TemporaryDirectory() as folder:
        for a, b in pairs:
            for name, value in ((f"{a['id']}.gold.json", conversation.gold_of(a)), (f"{a['id']}.json", conversation.output_of(b))):
                (Path(folder) / name).write_text(json.dumps(value), encoding="utf-8")
        scorer().pairs(folder, folder)


def sizes():
    rows = collections.defaultdict(collections.Counter)
    for layer, path, r in committed():
        if layer == "readings":
            genre = r["genre"]
            here = {"texts": 1, "words": len(texts.load(r["id"])[0].split()), "attributions": len(r["attributions"]), "nested": sum(bool(a["inside"]) for a in r["attributions"]),
                    "optional": sum(a["optional"] for a in r["attributions"]), "recipients": sum(bool(a["recipient"]) for a in r["attributions"]),
                    "entities": len(r["entities"]), "mentions": len(r["mentions"]), "units": len(r["units"])}
        else:
            genre = layer
            here = {"texts": len(r["accounts"]), "words": sum(len(texts.load(a["text"])[0].split()) for a in r["accounts"]), "events": 1, "claims": len(r["claims"]), "links": len(r["links"]),
                    "recipients": sum(bool(c["recipient"]) for c in r["claims"]), **collections.Counter(l["relation"] for l in r["links"])}
        for row in (genre, f"all {layer} {path.parent.name}", f"all {layer}"):
            rows[row].update(here)
    for row, r in damaged():
        here = {"texts": 1, "words": len(texts.load(r["id"])[0].split()), "attributions": len(r["attributions"]), "mentions": len(r["mentions"])}
        for name in (f"damaged, {row['kind']}", f"all damaged {texts.part(r['id'])}", "all damaged"):
            rows[name].update(here)
    for row, counts in sorted(rows.items()):
        print(f"{row:28s}", ", ".join(f"{n} {what}" for what, n in counts.items() if n))


def damage(number="45"):
    whole = [r["id"] for layer, _, r in committed() if layer == "readings"]
    news = {i: texts.load(i)[0] for i in whole if i.split("-")[0] not in texts.CALLS and not (texts.INVENTED / f"{i}.txt").exists()}
    rows = damages.drawn(news, texts.integer(number, "how many texts to damage"), texts.checksum)
    damages.write(rows)
    print(f"{len(rows)} of {len(news)} texts of news are damaged:", ", ".join(f"{n} {kind}" for kind, n in collections.Counter(r["kind"] for r in rows).items()))


COMMANDS = {f.__name__: f for f in (draw, show, pack, unpack, check, export, agree, sizes, damage)}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    command = COMMANDS[sys.argv[1]]
    try:
        inspect.signature(command).bind(*sys.argv[2:])
    except TypeError:
        sys.exit(f"error: {sys.argv[1]} takes other arguments:\n" + "\n".join(l for l in __doc__.splitlines() if l.startswith(f"  corpus.py {sys.argv[1]} ")))
    try:
        command(*sys.argv[2:])
    except (Fault, OSError) as e:
        sys.exit(f"error: {e}")
