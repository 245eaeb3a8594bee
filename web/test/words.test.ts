import { expect, test } from "vitest";
import { address, parse } from "../src/route";
import { chainNames, claimCue, counted, cueOf, cueWords, day, listed, quotedWords, shorten, tellingWords, withSides } from "../src/words";
import type { Attribution, Claim, Comparison } from "../src/types";

test("a cue stands in the text's own words, a colon as a colon, other signs as nothing", () => {
  expect(["did not\n deny", "“explained", " … ", ":", ",”", ""].map(cueWords)).toEqual(["did not deny", "explained", "", ":", "", ""]);
  const text = "Did Maren say so?";
  expect(cueOf(text, [{ start: 0, end: 3 }, { start: 10, end: 13 }])).toBe("Did … say");
});

test("a claim is told with the account's own verb, and never twice", () => {
  const text = "Maren thanked Sudovia for its help. It was agreed to meet. “The ban stays on now,” Vasca snapped.";
  const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const comparison = { documents: [{ text }] } as unknown as Comparison;
  const claim = (words: string, cue: string | null) => ({ document: 0, ...at(words), cue: cue ? at(cue) : null }) as unknown as Claim;
  const told = (c: Claim) => [claimCue(comparison, c), tellingWords(comparison, c)];
  expect(told(claim("Maren thanked Sudovia for its help", "thanked"))).toEqual(["thanked", "Sudovia for its help"]);
  expect(told(claim("It was agreed to meet", null))).toEqual(["", "It was agreed to meet"]);
  expect(told(claim("Maren thanked Sudovia", "thanked"))).toEqual(["", "Maren thanked Sudovia"]);
  expect(told(claim("The ban stays on now", "snapped"))).toEqual(["snapped", "The ban stays on now"]);
});

test("days and figures are for people", () => {
  expect([day("2031-05-03"), day("2031-05-03T10:00:00Z"), day("in May")]).toEqual(["3 May 2031", "3 May 2031", "in May"]);
  expect([counted(1, "repair"), counted(1200, "repair")]).toEqual(["1 repair", "1,200 repairs"]);
});

test("names are listed with their sides, a state without its own", () => {
  expect(listed(["A", "B", "C"])).toBe("A, B and C");
  expect(withSides([{ name: "Ilse Maren", side: "Norrland" }, { name: "Sudovia", side: "Sudovia" }])).toBe("Ilse Maren (Norrland) and Sudovia");
});

test("a content keeps the quotation marks around it, and only pairs", () => {
  const text = "He said “we agree” and “so";
  const at = (words: string) => [{ start: text.indexOf(words), end: text.indexOf(words) + words.length }];
  expect(quotedWords(text, at("we agree"))).toBe("“we agree”");
  expect(quotedWords(text, at("so"))).toBe("so");
});

test("long words are cut between words", () => {
  expect(shorten("one two three four", 12)).toBe("one two …");
  expect(shorten("short", 12)).toBe("short");
});

test("who speaks twice in a row stands in the chain once", () => {
  const a = { chain: ["e1", "e2", "e2"], speaker: "e2" } as unknown as Attribution;
  expect(chainNames(a, (id) => id)).toEqual(["e1", "e2"]);
});

test("an address names its place and can be read back, whatever stands in it", () => {
  const made = address(["speaker", "Ilse Maren/Vasca?"], { issue: "ban & quota", empty: "" });
  const { parts, query } = parse(made);
  expect(parts).toEqual(["speaker", "Ilse Maren/Vasca?"]);
  expect([...query]).toEqual([["issue", "ban & quota"]]);
  expect(parse("#/%E0%A4%A").parts).toEqual(["%E0%A4%A"]);
});
