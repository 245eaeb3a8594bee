"""python3 -m unittest discover training/corpus: needs nothing but the texts in invented/."""
import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import conversation
import corpus
import damage
import reading
import texts
from texts import HERE, Fault


def annotation(name):
    """The first reading of a text, else of a conversation; a report has a reading too."""
    return json.loads(next(p for layer in ("readings", "conversations") for p in HERE.glob(f"{layer}/*/{name}.json")).read_text(encoding="utf-8"))


def plain(record):
    return json.loads(json.dumps(record))


class Drafts(unittest.TestCase):
    def setUp(self):
        self.record = annotation("ours-vellin-live")
        self.draft = reading.draft_of(self.record)

    def changed(self, old, new):
        self.assertIn(old, self.draft)
        return self.draft.replace(old, new, 1)

    def test_a_draft_brings_back_the_annotation(self):
        for path in HERE.glob("readings/*/ours-*.json"):
            with self.subTest(path.stem):
                record = annotation(path.stem)
                self.assertEqual(plain(reading.parse(reading.draft_of(record))), record)
        for path in [*HERE.glob("conversations/*/*.json"), *HERE.glob("reports/*/*.json")]:
            with self.subTest(path.stem):
                record = json.loads(path.read_text(encoding="utf-8"))
                self.assertEqual(plain(conversation.parse(conversation.draft_of(record))[0]), record)

    def test_a_changed_letter_is_refused(self):
        with self.assertRaisesRegex(Fault, "the text is changed"):
            reading.parse(self.changed("to stay indoors", "to stay indoor"))

    def test_white_space_may_differ_and_offsets_stay(self):
        self.assertEqual(plain(reading.parse(self.changed("to stay indoors.", "to\n  stay indoors."))), self.record)

    def test_words_that_stand_twice_are_refused(self):
        with self.assertRaisesRegex(Fault, "stands 2 times"):
            reading.parse(self.changed("| the hospital trust | tells |", "| the hospital trust | is |"))

    def test_words_that_are_not_there_are_refused(self):
        with self.assertRaisesRegex(Fault, "does not stand in"):
            reading.parse(self.changed("| is asking |", "| was asking |"))

    def test_an_id_that_stands_twice_is_refused(self):
        with self.assertRaisesRegex(Fault, "a line above is a1 already"):
            reading.parse(self.changed("\na2 ", "\na1 "))

    def test_another_text_is_found_by_its_checksum(self):
        self.assertEqual(reading.faults_of(self.record), [])
        self.assertIn("checksum", reading.faults_of(self.record | {"sha256": "0"})[0])

    def test_what_leaves_its_outer_content_is_found(self):
        inner = next(a for a in self.record["attributions"] if a["inside"])
        inner["content"] = [[0, 6]]
        self.assertTrue(any("leaves that of" in f for f in reading.faults_of(self.record)))

    def test_gold_has_each_entity_with_its_mentions(self):
        gold, text = reading.gold_of(self.record), texts.load("ours-vellin-live")[0]
        self.assertEqual([e["name"] for e in gold["cast"]], [name for _, name in self.record["entities"]])
        self.assertEqual(sum(len(e["mentions"]) for e in gold["cast"]), len(self.record["mentions"]))
        a = gold["attributions"][0]
        speaker = gold["cast"][a["speakers"][0] - 1]
        self.assertIn(a["source_text"][0], [text[b:c] for b, c in speaker["mentions"]])

    def test_a_ring_of_attributions_is_found(self):
        by_id = {a["id"]: a for a in self.record["attributions"]}
        by_id["a4"]["inside"] = "a6"
        self.assertTrue(any("inside itself" in f for f in reading.faults_of(self.record)))


class Texts(unittest.TestCase):
    def test_the_part_rests_on_the_id_alone(self):
        self.assertEqual(texts.part("guardian-00060"), "test")
        self.assertEqual(texts.part("ours-vellin-live"), "train")

    def test_a_missing_shared_folder_is_told(self):
        for cached in (texts.gold, texts.collection):
            cached.cache_clear()
            self.addCleanup(cached.cache_clear)
        with tempfile.TemporaryDirectory() as empty:
            for folder in (empty, "/nowhere/shared"):
                calls = [(corpus.draw, "bbc"), (corpus.show, "bbc-00001"), (corpus.check,), (corpus.export, str(Path(empty, "out"))), (corpus.sizes,), (corpus.unpack, "sglaw-00178"), (corpus.agree,)]
                for command, *words in calls:
                    with self.subTest(command.__name__, folder=folder), mock.patch.object(texts, "SHARED", Path(folder)), contextlib.redirect_stdout(io.StringIO()):
                        with self.assertRaisesRegex(Fault, "is missing: set SAYWHO_SHARED"):
                            command(*words)

    def test_a_mistyped_collection_is_told_which_there_are(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "data/news").mkdir(parents=True)
            Path(folder, "data/news/demo.jsonl.zst").touch()
            with mock.patch.object(texts, "SHARED", Path(folder)), self.assertRaisesRegex(Fault, "no collection 'dmo': there are demo, kremlin, ukraine, whitehouse"):
                texts.collection("dmo")

    def test_words_within_words_are_not_found(self):
        self.assertEqual(texts.occurrences("the other he", "he", 0, 12), [(10, 12)])

    def test_quoting_is_told_by_the_marks(self):
        for text, kind in (("“Yes,”", "direct"), ("that “yes” it is", "mixed"), ("that it's the boys' own", "indirect"), ("it is 'gone'", "mixed"), ("“yes” and “no”", "mixed")):
            with self.subTest(text):
                self.assertEqual(reading.kind_of_quoting(text, [(0, len(text))]), kind)


class Conversations(unittest.TestCase):
    def test_issues_follow_from_links(self):
        issues = {i["issue"]: i["relation"] for i in conversation.issues_of(annotation("karsinia-delbrand-2034-03-11"))}
        self.assertEqual(issues["meeting of engineers"], "same")
        self.assertEqual(issues["initiative for the call"], "contradict")
        self.assertEqual(issues["siddle commission"], "only Karsinia")

    def test_a_link_within_one_account_is_found(self):
        record = annotation("karsinia-delbrand-2034-03-11")
        record["links"].append({"a": "c2", "b": "c3", "relation": "same", "why": "x"})
        self.assertTrue(any("two claims of one account" in f for f in conversation.faults_of(record)))


FERRY = """Nor and Sud at odds

Nor's envoy, Ilse Maren, told the Courier that she had offered a ferry and that Teo Vasca had taken it. "I took nothing," said Mr Vasca, the envoy of Sud. He had asked for a bridge, he said.

Both confirmed that they will meet again. It rained."""
FERRY_DRAFT = f"""report demo-ferry
reader one
medium in person
date -
initiator -
== people
M Ilse Maren = Nor
V Teo Vasca = Sud
nor Nor
sud Sud
== text
{FERRY}
== claims
1 nor | she had offered a ferry | had offered | - | M>V offer | ferry
2 nor | Teo Vasca had taken it | had taken | - | V>M agree | ferry
3 sud | I took nothing | took | - | V>M agree neg | ferry
4 sud | He had asked for a bridge | had asked for | - | V>M ask | bridge
5 both | they will meet again | - | - | both agree | next meeting
6 - | It rained | - | - | - say | weather
== links
2-3 contradict the ferry taken against nothing taken
"""


class Reports(unittest.TestCase):
    def setUp(self):
        load = mock.patch.object(texts, "load", return_value=(FERRY, "invented"))
        load.start()
        self.addCleanup(load.stop)
        self.record, self.bodies = conversation.parse(FERRY_DRAFT)

    def test_each_claim_names_the_side_that_tells_it(self):
        self.assertEqual([c["side"] for c in self.record["claims"]], ["Nor", "Nor", "Sud", "Sud", "both", None])
        self.assertEqual(conversation.faults_of(self.record), [])
        self.assertEqual(self.bodies, {})  # the text is there already and is not written

    def test_issues_follow_from_links_and_sides(self):
        self.assertEqual({i["issue"]: i["relation"] for i in conversation.gold_of(self.record)["issues"]},
                         {"ferry": "contradict", "bridge": "only Sud", "next meeting": "same", "weather": "only the report"})

    def test_a_draft_brings_back_the_annotation(self):
        self.assertEqual(conversation.draft_of(self.record), FERRY_DRAFT)

    def test_a_side_that_took_no_part_is_found(self):
        self.record["claims"][0]["side"] = "Nord"
        self.assertIn("c1 is told by 'Nord', who is no side", conversation.faults_of(self.record))

    def test_links_join_two_sides(self):
        for pair in ("1-2", "1-5", "1-6"):
            with self.subTest(pair):
                record = conversation.parse(FERRY_DRAFT + f"{pair} same x\n")[0]
                self.assertTrue(any("does not join claims of two sides" in f for f in conversation.faults_of(record)))

    def test_what_does_not_fit_is_refused(self):
        for old, new, why in (("4 sud", "4 V", "the key of no side"), ("It rained.", "It snowed.", "the text is changed"), ("4 sud", "4 dus", "in no line of people")):
            with self.subTest(new), self.assertRaisesRegex(Fault, why):
                conversation.parse(FERRY_DRAFT.replace(old, new))


OURS_DRAFT = """text ours-demo
ours news
reader one
== entities
1 p Ilse Maren
2 s Sudovia
== text
[Ilse Maren|1] said [Sudovia|2] keeps [its|2] word.
== units
== attributions
a1 1 | Ilse Maren | said | Sudovia keeps its word | - | 1 inform
"""
EVENT_DRAFT = """event demo-call
medium telephone
date -
initiator -
== people
M Ilse Maren = Nor
V Teo Vasca = Sud
== 0 nor = Nor
Ms Maren asked for a ferry.
== 1 sud = Sud
Mr Vasca offered a bridge.
== claims
1 0 | a ferry | asked for | - | M>V ask | ferry
2 1 | a bridge | offered | - | V>M offer | bridge
== links
"""


class Packing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = Path(folder.name)
        (self.here / "invented").mkdir()
        for where, name, value in ((corpus, "HERE", self.here), (texts, "INVENTED", self.here / "invented")):
            patch = mock.patch.object(where, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def pack(self, draft):
        """(what is complained about, files written) when the draft is packed."""
        path = self.here / "draft"
        path.write_text(draft, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors, contextlib.suppress(SystemExit):
            corpus.pack(str(path))
        path.unlink()
        return errors.getvalue(), sorted(p.name for p in self.here.rglob("*") if p.is_file())

    def refused(self, draft, why):
        complaint, written = self.pack(draft)
        self.assertRegex(complaint, why)
        self.assertEqual(written, [])

    def test_a_sound_draft_is_written_with_its_texts(self):
        self.assertEqual(self.pack(OURS_DRAFT), ("", ["ours-demo.json", "ours-demo.txt"]))
        self.assertEqual((self.here / "invented/ours-demo.txt").read_text(encoding="utf-8"), "Ilse Maren said Sudovia keeps its word.")
        self.assertIn("demo-call.1.sud.txt", self.pack(EVENT_DRAFT)[1])

    def test_nothing_is_written_of_a_draft_with_faults(self):
        self.refused(OURS_DRAFT.replace("| said |", "| says |"), "does not stand in")
        self.refused(OURS_DRAFT.replace("1 inform", "3 inform"), "3 is no entity")
        self.refused(EVENT_DRAFT + "1-3 same x\n", "demo|c3|link")

    def test_bars_between_spaces_come_back(self):
        for words in ("Sudovia | keeps", "Sudovia keeps |", "| Sudovia keeps", "Sudovia \\| keeps"):
            with self.subTest(words):
                text = f"Ilse Maren said {words} its word."
                with mock.patch.object(texts, "load", return_value=(text, "news")):
                    a = words.find("S") if words[0] != "|" else 0
                    content = [16 + a, 16 + len(words)]
                    record = reading.parse("text x-1\n== entities\n== text\n" + reading.mark(text) + "\n== units\n== attributions\na1 1 | Ilse Maren | said | "
                                           + reading.line_of([words]) + " | - | - inform\n")
                    self.assertEqual(plain(record["attributions"][0]["content"]), [content])
                    self.assertEqual(plain(reading.parse(reading.draft_of(record))), plain(record))
        self.assertEqual(reading.fields_of(reading.line_of(["1 0", "a | b", "| c", "d |", "-", "e|f \\| g"])), ["1 0", "a | b", "| c", "d |", "-", "e|f \\| g"])

    def test_names_of_texts_of_ours_are_plain(self):
        for name, why in (("demo", "must begin with 'ours-'"), ("bbc-00001", "must begin with 'ours-'"), ("ours-../../x", "no plain name"), ("ours-Demo", "no plain name")):
            with self.subTest(name):
                self.refused(OURS_DRAFT.replace("ours-demo", name), f"the text '{name}' .*{why}")
        for name, why in (("../demo", "no plain name"), ("kremlin-00001", "the collection kremlin")):
            with self.subTest(name):
                self.refused(EVENT_DRAFT.replace("demo-call", name), f"the event '{name}' .*{why}")
        for name in ("../x", "Nor"):
            with self.subTest(name):
                self.refused(EVENT_DRAFT.replace("== 0 nor", f"== 0 {name}"), f"the account '{name}' is no plain name")

    def test_malformed_drafts_are_told_what_is_wrong(self):
        for old, new, why in (
                ("== units\n", "", "draft: the draft has no part '== units'"), ("text ours-demo\n", "", "has no line 'text ...'"), ("ours news", "ours", "the line 'ours' of the head says nothing"),
                ("== units\n", "== units\n== units\n", "'== units' stands twice"), ("2 s Sudovia", "2 s", "'2 s' should be number, kind and name"), ("2 s ", "x s ", "should be a number, not 'x'"),
                ("word.\n", "word.\\\n", "a lone backslash"), ("== units\n", "== units\nheadline\n", "headline.*should be kind and number"),
                ("== units\n", "== units\nheadline 9\n", "there is no sentence 9"), ("== units\n", "== units\nlitter 1 -\n", "no words are given"), ("a1 1 |", "a1 |", "'a1' should be an id and the number"),
                ("a1 1 |", "a1 x |", "the sentence should be a number, not 'x'"), ("| 1 inform", "| x inform", "a1 .*a speaker or addressee should be a number, not 'x'"),
                ("| 1 inform", "| 1 inform in", "'in' should be followed"), ("Sudovia keeps its word |", "- |", "a1 lacks content"), ("| said |", "| said #0 |", "counted from #1"), ("| - |", "|", "5 fields")):
            with self.subTest(new=new, why=why):
                self.assertIn(old, OURS_DRAFT)
                self.refused(OURS_DRAFT.replace(old, new, 1), why)
        for old, new, why in (
                ("event demo-call\n", "", "has no line 'event ...'|has no line 'text ...'"), ("initiator -", "initiator Sud", "initiator 'Sud' should be"), ("initiator -", "initiator Sud 7", "initiator 'Sud 7' should be"),
                ("date -", "date -\nminutes ten", "minutes should be a number, not 'ten'"), ("V Teo Vasca = Sud", "V", "people: 'V' should be"), ("V Teo", "M Teo", "stands above already"),
                ("== links\n", "", "no part '== links'"), ("2 1 |", "2 5 |", "there is no account 5"), ("2 1 |", "2 |", "'2' should be a number and that of an account"), ("1 0 |", "x 0 |", "should be a number, not 'x'"),
                ("== 1 sud = Sud", "== 1 sud", "'== 1 sud' is no part of a draft")):
            with self.subTest(new=new, why=why):
                self.assertIn(old, EVENT_DRAFT)
                self.refused(EVENT_DRAFT.replace(old, new, 1), why)

    def test_what_nothing_names_is_told_with_the_draft(self):
        with mock.patch.object(reading, "faults_of", side_effect=KeyError("x")):
            self.refused(OURS_DRAFT, "draft: is malformed .KeyError")

    def test_wrong_arguments_are_told(self):
        for command, words, why in ((corpus.pack, [], "pack takes"), (corpus.unpack, ["ours-demo", "tow"], "not 'tow'"), (corpus.draw, ["bbc", "x"], "should be a number, not 'x'"),
                                    (corpus.damage, ["x"], "should be a number, not 'x'"), (corpus.show, ["ours-no"], "no text ours-no in invented/"), (corpus.read, ["no"], "no such file")):
            with self.subTest(command.__name__), self.assertRaisesRegex(Fault, why):
                command(*words)
        path = self.here / "readings/train/ours-demo.json"
        path.parent.mkdir(parents=True)
        for body, why in (("{", "cannot be read as an annotation"), ("[]", "is no annotation")):
            path.write_text(body, encoding="utf-8")
            with self.subTest(body), self.assertRaisesRegex(Fault, f"ours-demo.json {why}"):
                corpus.verified()

    def export(self):
        """(whether it was done, the files of the export) when what is packed here is exported."""
        done = True
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), mock.patch.object(damage, "table", return_value={}):
            try:
                corpus.export(str(self.here / "out"))
            except (SystemExit, Fault, OSError):
                done = False
        self.assertEqual([p for p in self.here.iterdir() if p.name.startswith(".out")], [])
        return done, sorted(p.name for p in (self.here / "out").rglob("*") if p.is_file())

    def test_an_export_is_verified_and_whole_or_not_at_all(self):
        self.pack(OURS_DRAFT)
        first = ["ours-demo.gold.json", "ours-demo.txt"]
        self.assertEqual(self.export(), (True, first))
        self.pack(EVENT_DRAFT)
        with mock.patch.object(conversation, "gold_of", side_effect=OSError("the disk is full")):
            self.assertEqual(self.export(), (False, first))
        own = self.here / "invented/demo-call.0.nor.txt"
        body = own.read_text(encoding="utf-8")
        own.write_text(body + " x", encoding="utf-8")
        self.assertEqual(self.export(), (False, first))
        own.write_text(body, encoding="utf-8")
        self.assertEqual(self.export(), (True, ["demo-call.0.nor.txt", "demo-call.1.sud.txt", "demo-call.gold.json", *first]))
        (self.here / "out/notes.txt").touch()
        self.assertFalse(self.export()[0])


HARBOUR = """Harbour to close

“The harbour will close,” Ilse Maren told the council of Norrland. She called the talks with Sudovia “frank”. They will go on.

“We regret it.” The harbourmaster said no more."""


def harbour():
    """Two attributions of the text above, with all that has offsets."""
    span = lambda words: list(texts.find(HARBOUR, words, 0, len(HARBOUR)))
    common = {"type": "direct", "act": "say", "polarity": "affirmed", "inside": None, "optional": False, "told": False, "speaker": [1], "addressee": []}
    return {"id": "demo-1", "genre": "news", "reader": "one", "sha256": texts.checksum(HARBOUR), "entities": [["person", "Ilse Maren"], ["organisation", None], ["state", "Sudovia"]],
            "mentions": [[*span("Ilse Maren"), 1], [*span("the council of Norrland"), 2], [*span("She"), 1], [*span("Sudovia"), 3]], "units": [["headline", *span("Harbour to close")]],
            "attributions": [{"id": "a1", "source": [span("Ilse Maren")], "cue": [span("told")], "content": [span("“The harbour will close,”")], "recipient": [span("the council of Norrland")], **common},
                             {"id": "a2", "source": [span("She")], "cue": [span("called")], "content": [span("the talks with Sudovia “frank”")], "recipient": [], **common, "type": "mixed"}]}


class Damage(unittest.TestCase):
    def harmed(self, kind, seed=1):
        """(text, annotation) of the harbour text, damaged."""
        return damage.damaged(HARBOUR, kind, seed), damage.record_of(harbour(), HARBOUR, kind, seed, texts.checksum)

    def words(self, text, record, role, n=0):
        return [text[a:b] for a, b in record["attributions"][n][role]]

    def test_what_a_lost_mark_is_and_where_contents_stand_then(self):
        lost = set()
        for seed in range(40):
            text, record = self.harmed("lost-mark", seed)
            self.assertEqual(len(text), len(HARBOUR) - 1)
            content = self.words(text, record, "content")[0]
            self.assertEqual(content.strip("“”"), "The harbour will close,")
            lost.add(content)
            self.assertEqual(self.words(text, record, "source"), ["Ilse Maren"])
            self.assertEqual([x["type"] for x in record["attributions"]], ["direct", "mixed"])
        self.assertEqual(lost, {"“The harbour will close,”", "The harbour will close,”", "“The harbour will close,"})

    def test_closing_marks_are_lost_and_opening_ones_stay(self):
        text, record = self.harmed("lost-closing")
        self.assertEqual((text.count("“"), text.count("”")), (3, 0))
        self.assertEqual(self.words(text, record, "content", 1), ["the talks with Sudovia “frank"])
        self.assertEqual(damage.damaged('"Yes," he said. "No," she said.', "lost-closing", 1), '"Yes, he said. "No, she said.')

    def test_a_stray_mark_stands_at_a_word(self):
        for seed in range(20):
            text, record = self.harmed("stray-mark", seed)
            self.assertEqual(len(text), len(HARBOUR) + 1)
            self.assertEqual(self.words(text, record, "cue"), ["told"])

    def test_marks_become_single_but_not_beside_others(self):
        text, record = self.harmed("single-marks")
        self.assertEqual(self.words(text, record, "content"), ["‘The harbour will close,’"])
        with self.assertRaises(damage.Unfit):
            damage.damaged("“He said ‘no’,” she said.", "single-marks", 1)

    def test_paragraphs_are_joined(self):
        text, record = self.harmed("one-paragraph")
        self.assertTrue(text.startswith("Harbour to close “The harbour will close,” Ilse"))
        self.assertNotIn("\n", text)
        self.assertEqual(self.words(text, record, "recipient"), ["the council of Norrland"])
        with self.assertRaises(damage.Unfit):
            damage.damaged("One line.", "one-paragraph", 1)

    def test_all_is_small(self):
        text, record = self.harmed("no-capitals")
        self.assertEqual(text, HARBOUR.lower())
        self.assertEqual(record["mentions"], harbour()["mentions"])

    def test_spaces_behind_stops_are_lost(self):
        with self.assertRaises(damage.Unfit):
            damage.damaged("It rained. It was St. Bride. She left.", "lost-spaces", 1)
        text = "Rain fell. “We leave.” She left! Nobody stayed. Mr. Vasca slept."
        self.assertEqual(damage.damaged(text, "lost-spaces", 1), "Rain fell.“We leave.”She left!Nobody stayed.Mr. Vasca slept.")

    def test_lines_are_wrapped_with_hyphens(self):
        text = "The councillors of Norrland deliberated uninterruptedly about the harbourmaster's representations " * 3
        text = text.strip()
        wrapped = damage.damaged(text, "hard-wraps", 3)
        self.assertIn("-\n", wrapped)
        self.assertTrue(all(len(line) <= max(damage.WIDTHS) for line in wrapped.split("\n")))
        self.assertEqual(wrapped.replace("-\n", "").replace("\n", " "), text)

    def test_offsets_are_those_of_the_same_words(self):
        letters = lambda words: "".join(c for c in words.lower() if c.isalnum())
        for kind in damage.KINDS:
            if kind in ("lost-spaces", "hard-wraps"):
                continue  # the text is too short for them
            with self.subTest(kind):
                text, record = self.harmed(kind)
                for (a, b, n), (c, d, m) in zip(record["mentions"], harbour()["mentions"]):
                    self.assertEqual((letters(text[a:b]), n), (letters(HARBOUR[c:d]), m))
                self.assertEqual(record["sha256"], texts.checksum(text))
                _, a, b = record["units"][0]
                self.assertEqual(letters(text[a:b]), "harbourtoclose")

    def test_the_table_is_drawn_evenly_and_the_same_each_time(self):
        bodies = {f"demo-{n}": HARBOUR + f"\n\nIt is day {n}." for n in range(20)}
        rows = damage.drawn(bodies, 12, texts.checksum)
        self.assertEqual(rows, damage.drawn(bodies, 12, texts.checksum))
        self.assertEqual(len({r["base"] for r in rows}), len(rows))
        # Two kinds find nothing to harm in such short texts.
        self.assertEqual({r["kind"] for r in rows}, set(damage.KINDS) - {"lost-spaces", "hard-wraps"})
        for r in rows:
            self.assertEqual(texts.checksum(damage.damaged(bodies[r["base"]], r["kind"], str(r["seed"]))), r["sha256"])

    def test_a_damaged_text_is_of_the_part_of_the_whole_one(self):
        self.assertEqual(texts.part("guardian-00060~lost-mark"), texts.part("guardian-00060"))


if __name__ == "__main__":
    unittest.main()
