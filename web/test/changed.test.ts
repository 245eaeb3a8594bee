import fc from "fast-check";
import { expect, test } from "vitest";
import { changes } from "../src/changed";

test("changed wording shows what went and what came", () => {
  expect(changes("the ban stays for now", "the ban stays until May")).toEqual([
    { kind: "same", words: "the ban stays" },
    { kind: "gone", words: "for now" },
    { kind: "come", words: "until May" },
  ]);
});

test("both wordings can be read off the changes", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 8 }).map((w) => w.join(" "));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const parts = changes(before, after);
      const without = (kind: string) => parts.filter((p) => p.kind !== kind).map((p) => p.words).join(" ");
      expect(without("come")).toBe(before);
      expect(without("gone")).toBe(after);
    }),
  );
});
