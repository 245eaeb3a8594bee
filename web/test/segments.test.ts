import fc from "fast-check";
import { expect, test } from "vitest";
import { lanes, paragraphs, segments } from "../src/segments";
import type { Attribution } from "../src/types";

const LENGTH = 40;
const span = fc.tuple(fc.nat(LENGTH + 5), fc.nat(LENGTH + 5)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const spans = fc.array(span, { maxLength: 8 }).map((all) => all.map((s, mark) => ({ ...s, mark })));

test("segments follow each other without a gap and cover the whole stretch", () => {
  fc.assert(
    fc.property(spans, (marked) => {
      const cut = segments(0, LENGTH, marked);
      expect(cut[0]!.start).toBe(0);
      expect(cut.at(-1)!.end).toBe(LENGTH);
      cut.slice(1).forEach((s, i) => expect(s.start).toBe(cut[i]!.end));
    }),
  );
});

test("each letter bears just the marks of the spans that hold it", () => {
  fc.assert(
    fc.property(spans, (marked) => {
      for (const s of segments(0, LENGTH, marked)) {
        for (let at = s.start; at < s.end; at++) {
          const want = marked.filter((m) => m.start <= at && at < m.end).map((m) => m.mark);
          expect([...s.marks].sort()).toEqual(want.sort());
        }
      }
    }),
  );
});

test("neighbouring segments differ or a span begins or ends between them", () => {
  fc.assert(
    fc.property(spans, (marked) => {
      const borders = new Set(marked.flatMap((m) => [m.start, m.end]));
      for (const s of segments(0, LENGTH, marked).slice(1)) expect(borders.has(s.start)).toBe(true);
    }),
  );
});

test("paragraphs hold every letter that is not white space, in order", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "\r\n", "🐟"), maxLength: 60 });
  fc.assert(
    fc.property(text, (t) => {
      const got = paragraphs(t).map((p) => t.slice(p.start, p.end)).join("");
      expect(got.replace(/\s/g, "")).toBe(t.replace(/\s/g, ""));
    }),
  );
});

test("lines broken to fit a page are one paragraph whose breaks are spaces; a letterhead keeps its lines", () => {
  const wrapped = `${"The minister told reporters at the port that talks go on".padEnd(60, "!")}\nand on.`;
  expect(paragraphs(`${wrapped}\n\nMinistry\nNorrland`).map((p) => p.wrapped)).toEqual([true, false]);
});

test("contents that share a letter never share a line, and what is inside lies lower", () => {
  const attributions = fc.array(fc.array(span, { minLength: 1, maxLength: 3 }), { maxLength: 6 }).map((all) =>
    all.map((content, i) => ({ id: `a${i}`, inside: null, content }) as unknown as Attribution),
  );
  fc.assert(
    fc.property(attributions, (all) => {
      const lane = lanes(all);
      all.forEach((a, i) => all.slice(0, i).forEach((b, j) => {
        const share = a.content.some((x) => b.content.some((y) => x.start < y.end && y.start < x.end));
        if (share) expect(lane[i]).not.toBe(lane[j]);
      }));
    }),
  );
  const outer = { id: "a1", inside: null, content: [{ start: 0, end: 20 }] } as unknown as Attribution;
  const inner = { id: "a2", inside: "a1", content: [{ start: 5, end: 20 }] } as unknown as Attribution;
  expect(lanes([outer, inner])).toEqual([0, 1]);
});
