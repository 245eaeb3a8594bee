// Moves the border of a span by a word, so that spans can be corrected by keys alone.
import type { Span } from "../types";

/** Where words begin and end in a text. */
function words(text: string): Span[] {
  return [...text.matchAll(/[\p{L}\p{N}’'-]+/gu)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
}

/** The span with its start moved by one word; it never becomes empty or leaves the text. */
export function moveStart(text: string, span: Span, by: 1 | -1): Span {
  const starts = words(text).map((w) => w.start);
  const start = by > 0 ? starts.find((s) => s > span.start) : starts.findLast((s) => s < span.start);
  return start === undefined || start >= span.end ? span : { ...span, start };
}

/** The span with its end moved by one word; it never becomes empty or leaves the text. */
export function moveEnd(text: string, span: Span, by: 1 | -1): Span {
  const ends = words(text).map((w) => w.end);
  const end = by > 0 ? ends.find((e) => e > span.end) : ends.findLast((e) => e < span.end);
  return end === undefined || end <= span.start ? span : { ...span, end };
}
