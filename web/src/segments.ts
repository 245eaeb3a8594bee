// Cuts a text where anything begins or ends, so that spans may nest, overlap, repeat and break off freely.
import type { Attribution, Span } from "./types";

/** A span with what it marks. */
export interface Marked<M> extends Span {
  mark: M;
}

/** A stretch of text over which the marks do not change. */
export interface Segment<M> extends Span {
  marks: M[];
}

/** The text from `from` to `to` in segments, cut at every border of a mark; their texts joined are the text. */
export function segments<M>(from: number, to: number, marked: Marked<M>[]): Segment<M>[] {
  const inside = marked
    .map((m) => ({ ...m, start: Math.max(m.start, from), end: Math.min(m.end, to) }))
    .filter((m) => m.start < m.end)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const cuts = [...new Set([from, to, ...inside.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b);
  const out: Segment<M>[] = [];
  let open: Marked<M>[] = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i]!, cuts[i + 1]!];
    open = open.filter((m) => m.end > start);
    while (next < inside.length && inside[next]!.start <= start) open.push(inside[next++]!);
    out.push({ start, end, marks: open.map((m) => m.mark) });
  }
  return out;
}

/** A stretch between empty lines, without white space around it. */
export interface Paragraph extends Span {
  /** Whether its line breaks only keep lines short, so that they may be shown as spaces. */
  wrapped: boolean;
}

/** The paragraphs of a text. */
export function paragraphs(text: string): Paragraph[] {
  const out: Paragraph[] = [];
  let open: Span | null = null;
  const close = () => {
    if (open) out.push({ ...open, wrapped: isWrapped(text.slice(open.start, open.end)) });
    open = null;
  };
  for (const line of text.matchAll(/[^\n]*\n?/g)) {
    const words = line[0].trim();
    if (line[0] === "") break;
    if (words === "") {
      close();
      continue;
    }
    const start = line.index + (line[0].length - line[0].trimStart().length);
    open = { start: (open as Span | null)?.start ?? start, end: start + words.length };
  }
  close();
  return out;
}

/** Lines of a like and moderate length, all but the last, were broken to fit a page. */
function isWrapped(paragraph: string): boolean {
  const lengths = paragraph.split("\n").map((line) => line.length).slice(0, -1);
  return lengths.length > 0 && lengths.every((n) => n >= 50 && n <= 100);
}

/** For each attribution the line its underline takes: contents that share a letter never share a line, outer before inner. */
export function lanes(attributions: Attribution[]): number[] {
  const extent = (a: Attribution): Span => ({
    start: Math.min(...a.content.map((s) => s.start)),
    end: Math.max(...a.content.map((s) => s.end)),
  });
  const extents = attributions.map(extent);
  const order = attributions
    .map((_, i) => i)
    .filter((i) => attributions[i]!.content.length > 0)
    .sort((a, b) => extents[a]!.start - extents[b]!.start || extents[b]!.end - extents[a]!.end || a - b);
  const lane = attributions.map(() => 0);
  let open: number[] = [];
  for (const i of order) {
    open = open.filter((j) => extents[j]!.end > extents[i]!.start);
    const taken = open.filter((j) => shareALetter(attributions[i]!.content, attributions[j]!.content));
    const holder = taken.find((j) => attributions[j]!.id === attributions[i]!.inside);
    let least = holder === undefined ? 0 : lane[holder]! + 1;
    while (taken.some((j) => lane[j] === least)) least++;
    lane[i] = least;
    open.push(i);
  }
  return lane;
}

function shareALetter(a: Span[], b: Span[]): boolean {
  return a.some((x) => b.some((y) => x.start < y.end && y.start < x.end));
}
