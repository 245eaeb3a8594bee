import fc from "fast-check";
import { expect, test } from "vitest";
import { moveEnd, moveStart } from "../src/corrections/nudge";

const text = "Maren said “the ban 🐟 stays” for now.";
const words = (s: { start: number; end: number }) => text.slice(s.start, s.end);
const span = (w: string) => ({ start: text.indexOf(w), end: text.indexOf(w) + w.length });

test("a border moves by whole words", () => {
  expect(words(moveStart(text, span("the ban"), 1))).toBe("ban");
  expect(words(moveStart(text, span("the ban"), -1))).toBe("said “the ban");
  expect(words(moveEnd(text, span("the ban"), 1))).toBe("the ban 🐟 stays");
  expect(words(moveEnd(text, span("the ban"), -1))).toBe("the");
});

test("a span of one word does not vanish, and none leaves the text", () => {
  expect(words(moveStart(text, span("ban"), 1))).toBe("ban");
  expect(words(moveEnd(text, span("ban"), -1))).toBe("ban");
  fc.assert(
    fc.property(fc.array(fc.constantFrom("s+", "s-", "e+", "e-"), { maxLength: 30 }), (moves) => {
      let s = span("the ban");
      for (const move of moves) s = (move[0] === "s" ? moveStart : moveEnd)(text, s, move[1] === "+" ? 1 : -1);
      expect(s.start).toBeGreaterThanOrEqual(0);
      expect(s.end).toBeLessThanOrEqual(text.length);
      expect(s.start).toBeLessThan(s.end);
    }),
  );
});
