// Code points to UTF-16, once, at the edge. JSON counts Unicode code points; JavaScript strings count UTF-16 units.
import type { Check, Comparison, Reading, Span } from "./types";

/** Converts offsets of one text in both directions. */
export interface Offsets {
  toUtf16(point: number): number;
  toPoint(unit: number): number;
}

/** The two ways of counting a text. Text without characters beyond the basic plane, nearly all, needs no table. */
export function offsets(text: string): Offsets {
  const astral: number[] = []; // UTF-16 offsets of the first halves of surrogate pairs
  for (let i = 0; i < text.length - 1; i++) {
    if (isPair(text, i)) astral.push(i++);
  }
  if (astral.length === 0) return { toUtf16: (n) => clamp(n, text.length), toPoint: (n) => clamp(n, text.length) };
  // Before the k-th pair stand k pairs, so its code point offset is its UTF-16 offset less k.
  const toUtf16 = (point: number) => clamp(point + below(astral, (unit, k) => unit - k < point), text.length);
  // An offset between the halves of a pair belongs to the character's beginning.
  const toPoint = (unit: number) => {
    const at = clamp(unit, text.length);
    const inPair = at > 0 && isPair(text, at - 1) ? at - 1 : at;
    return inPair - below(astral, (pair) => pair < inPair);
  };
  return { toUtf16, toPoint };
}

function isPair(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000;
}

function clamp(n: number, most: number): number {
  return Math.min(Math.max(n, 0), most);
}

/** How many of a sorted list's first items pass; those that pass stand in front. */
function below(list: number[], passes: (item: number, index: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(list[middle]!, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mapped<S extends Span>(span: S, at: (n: number) => number): S {
  return { ...span, start: at(span.start), end: at(span.end) };
}

/** A reading as it comes from the API, with its offsets in UTF-16. */
export function readingToUtf16(reading: Reading): Reading {
  const { toUtf16 } = offsets(reading.document.text);
  const all = <S extends Span>(spans: S[]) => spans.map((span) => mapped(span, toUtf16));
  return {
    ...reading,
    document: { ...reading.document, boilerplate: all(reading.document.boilerplate), repairs: all(reading.document.repairs) },
    entities: reading.entities.map((e) => ({ ...e, mentions: all(e.mentions) })),
    attributions: reading.attributions.map((a) => ({ ...a, source: all(a.source), cue: all(a.cue), content: all(a.content) })),
  };
}

/** A comparison as it comes from the API, with its offsets in UTF-16. */
export function comparisonToUtf16(comparison: Comparison): Comparison {
  const tables = comparison.documents.map((d) => offsets(d.text));
  const claims = comparison.claims.map((claim) => {
    const at = (n: number) => tables[claim.document]?.toUtf16(n) ?? n;
    return { ...mapped(claim, at), cue: claim.cue && mapped(claim.cue, at) };
  });
  return { ...comparison, claims };
}

/** A check as it comes from the API, with its offsets in UTF-16. */
export function checkToUtf16(check: Check): Check {
  const tables = check.documents.map((d) => offsets(d.text));
  const of = (document: number) => (n: number) => tables[document]?.toUtf16(n) ?? n;
  const passages = check.passages.map((passage) => ({
    ...mapped(passage, of(passage.document)),
    matches: passage.matches.map((m) => mapped(m, of(m.document))),
    changes: passage.changes.map((c) => ({
      ...mapped(c, of(passage.document)),
      source_start: of(c.document)(c.source_start),
      source_end: of(c.document)(c.source_end),
    })),
  }));
  return { ...check, passages };
}
