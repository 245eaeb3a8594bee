"""python3 -m unittest discover training/corpus: needs nothing but the texts in invented/."""
import json
import unittest

import conversation
import reading
import texts
from texts import HERE, Fault


def annotation(name):
    return json.loads(next(HERE.glob(f"*/*/{name}.json")).read_text(encoding="utf-8"))


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
        for path in HERE.glob("conversations/*/*.json"):
            with self.subTest(path.stem):
                record = annotation(path.stem)
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

    def test_another_text_is_found_by_its_checksum(self):
        self.assertEqual(reading.faults_of(self.record), [])
        self.assertIn("checksum", reading.faults_of(self.record | {"sha256": "0"})[0])

    def test_what_leaves_its_outer_content_is_found(self):
        inner = next(a for a in self.record["attributions"] if a["inside"])
        inner["content"] = [[0, 6]]
        self.assertTrue(any("leaves that of" in f for f in reading.faults_of(self.record)))

    def test_a_ring_of_attributions_is_found(self):
        by_id = {a["id"]: a for a in self.record["attributions"]}
        by_id["a4"]["inside"] = "a6"
        self.assertTrue(any("inside itself" in f for f in reading.faults_of(self.record)))


class Texts(unittest.TestCase):
    def test_the_part_rests_on_the_id_alone(self):
        self.assertEqual(texts.part("guardian-00060"), "test")
        self.assertEqual(texts.part("ours-vellin-live"), "train")

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


if __name__ == "__main__":
    unittest.main()
