import { expect, test } from "vitest";
import { pieces } from "../src/check/check";
import { checkToUtf16 } from "../src/offsets";
import type { Check } from "../src/types";

test("words are cut where changes begin and end, and none is lost", () => {
  const text = "We did not take this step lightly";
  const cut = pieces(text, { start: 3, end: 25 }, [{ start: 11, end: 15, kind: "substitution" }, { start: 3, end: 10, kind: "negation" }, { start: 0, end: 5, kind: "name" }]);
  expect(cut).toEqual([
    { words: "did not", kind: "negation" },
    { words: " ", kind: null },
    { words: "take", kind: "substitution" },
    { words: " this step", kind: null },
  ]);
});

test("places of a check select the same words in UTF-16, each in its own document", () => {
  const [article, source] = ["🐟 “We took it”", "🐟🐟 We did not take it"];
  const of = (text: string, words: string) => {
    const start = [...text.slice(0, text.indexOf(words))].length;
    return { start, end: start + [...words].length };
  };
  const there = of(source, "did not take");
  const given: Check = {
    schema: "saywho/check/1",
    documents: [{ id: "a", source: null, role: "article", text: article }, { id: "s", source: null, role: "source", text: source }],
    passages: [{
      id: "p1", document: 0, attribution: null, quoted: true, speaker: null, verdict: "altered", meaning: true, confidence: 0.9,
      ...of(article, "We took it"),
      changes: [{ kind: "negation", ...of(article, "took"), document: 1, source_start: there.start, source_end: there.end }],
      matches: [{ ...of(source, "We did not take it"), document: 1, speaker: null }],
    }],
  };
  const passage = checkToUtf16(given).passages[0]!;
  const [change, match] = [passage.changes[0]!, passage.matches[0]!];
  expect(article.slice(passage.start, passage.end)).toBe("We took it");
  expect(article.slice(change.start, change.end)).toBe("took");
  expect(source.slice(change.source_start, change.source_end)).toBe("did not take");
  expect(source.slice(match.start, match.end)).toBe("We did not take it");
});
