import fc from "fast-check";
import { expect, test } from "vitest";
import { comparisonToUtf16, offsets, readingToUtf16 } from "../src/offsets";
import type { Comparison, Reading } from "../src/types";

const anyText = fc.string({ unit: fc.constantFrom("a", "é", "“", "\n", "🐟", "👩‍🚀", "𝒳") });

test("a code point range selects the same words in UTF-16, emoji or not", () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), fc.nat(60), (text, a, b) => {
      const points = [...text];
      const [start, end] = [Math.min(a, b, points.length), Math.min(Math.max(a, b), points.length)];
      const { toUtf16 } = offsets(text);
      expect(text.slice(toUtf16(start), toUtf16(end))).toBe(points.slice(start, end).join(""));
    }),
  );
});

test("there and back again is where one was", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { toUtf16, toPoint } = offsets(text);
      for (let point = 0; point <= [...text].length; point++) expect(toPoint(toUtf16(point))).toBe(point);
    }),
  );
});

test("an offset between the halves of an emoji is the emoji's beginning", () => {
  expect(offsets("a🐟b").toPoint(2)).toBe(1);
});

test("offsets outside the text end at its borders", () => {
  const { toUtf16, toPoint } = offsets("a🐟");
  expect([toUtf16(-1), toUtf16(99), toPoint(-1), toPoint(99)]).toEqual([0, 3, 0, 2]);
});

test("every span of a reading is converted", () => {
  const text = "🐟 Maren said she agreed. Reply";
  const span = (words: string) => {
    const start = [...text.slice(0, text.indexOf(words))].length;
    return { start, end: start + [...words].length };
  };
  const reading = {
    document: { text, boilerplate: [span("Reply")], repairs: [{ ...span("she"), to: "She" }] },
    entities: [{ mentions: [span("Maren")] }],
    attributions: [{ source: [span("Maren")], cue: [span("said")], content: [span("she agreed")] }],
  } as unknown as Reading;
  const got = readingToUtf16(reading);
  const words = (spans: { start: number; end: number }[]) => spans.map((s) => text.slice(s.start, s.end));
  expect(words(got.document.boilerplate)).toEqual(["Reply"]);
  expect(words(got.document.repairs)).toEqual(["she"]);
  expect(words(got.entities[0]!.mentions)).toEqual(["Maren"]);
  const a = got.attributions[0]!;
  expect([a.source, a.cue, a.content].map(words)).toEqual([["Maren"], ["said"], ["she agreed"]]);
});

test("claims are converted by the text of their own document", () => {
  const claim = (document: number) => ({ document, start: 2, end: 5, cue: { start: 2, end: 3 } });
  const comparison = { documents: [{ text: "🐟 abc" }, { text: "x abc" }], claims: [claim(0), claim(1)] } as unknown as Comparison;
  const { claims, documents } = comparisonToUtf16(comparison);
  expect(claims.map((c) => documents[c.document]!.text.slice(c.start, c.end))).toEqual(["abc", "abc"]);
  expect(claims.map((c) => c.cue!.start)).toEqual([3, 2]);
});
