// A reading with what its marks, cards and lists need to know, worked out once.
import { lanes, paragraphs, segments, type Marked, type Paragraph, type Segment } from "../segments";
import type { Attribution, Entity, Reading, Repair, Span } from "../types";

/** What a stretch of text is marked as; attributions by their index in the reading. */
export type Mark =
  | { kind: "content" | "source" | "cue"; index: number }
  | { kind: "litter" }
  | { kind: "repair"; repair: Repair };

/** A paragraph cut into segments. */
export interface MarkedParagraph extends Paragraph {
  segments: Segment<Mark>[];
}

/** The attributions of one speaker. */
export interface SpeakerGroup {
  speaker: Entity | undefined;
  entries: { index: number; depth: number }[];
}

/** The speakers of one side. */
export interface SideGroup {
  side: string | null;
  speakers: SpeakerGroup[];
}

/** Colours of sides that the style sheet has; more sides share them in turn. */
const COLOURS = 6;

export class ReadingView {
  readonly lanes: number[];
  readonly depths: number[];
  readonly sides: (string | null)[];
  private readonly byId: Map<string, Entity>;
  private readonly place: Map<string, number>;

  constructor(readonly reading: Reading) {
    this.byId = new Map(reading.entities.map((e) => [e.id, e]));
    this.place = new Map(reading.attributions.map((a, i) => [a.id, i]));
    this.lanes = lanes(reading.attributions);
    this.depths = reading.attributions.map((a) => this.outer(a).length);
    this.sides = this.sidesInOrder();
  }

  entity(id: string | null): Entity | undefined {
    return id === null ? undefined : this.byId.get(id);
  }

  nameOf = (id: string): string => this.byId.get(id)?.name ?? id;

  /** Where an attribution stands in the reading. */
  indexOf(id: string | null): number | undefined {
    return id === null ? undefined : this.place.get(id);
  }

  attribution(index: number): Attribution {
    return this.reading.attributions[index]!;
  }

  speakerOf(index: number): Entity | undefined {
    return this.entity(this.attribution(index).speaker);
  }

  /** The number of a side's colour, 0 for no side. */
  colour(side: string | null | undefined): number {
    return side ? (this.sides.indexOf(side) % COLOURS) + 1 : 0;
  }

  colourOf(index: number): number {
    return this.colour(this.speakerOf(index)?.side);
  }

  /** The attributions that hold this one, from the nearest; a damaged reading that goes in circles ends. */
  outer(a: Attribution): number[] {
    const out: number[] = [];
    let at = this.indexOf(a.inside);
    while (at !== undefined && !out.includes(at)) {
      out.push(at);
      at = this.indexOf(this.attribution(at).inside);
    }
    return out;
  }

  /** Attributions that share a passage, the deepest first, each once. */
  innermostFirst(indexes: number[]): number[] {
    const deep = (i: number) => Math.max(this.depths[i]!, this.lanes[i]!);
    return [...new Set(indexes)].sort((a, b) => deep(b) - deep(a) || a - b);
  }

  /** The text in paragraphs, each in segments with their marks. */
  paragraphs(): MarkedParagraph[] {
    const all = paragraphs(this.reading.document.text);
    const marked = all.map((): Marked<Mark>[] => []);
    for (const mark of this.marks()) {
      let at = firstEndingBehind(all, mark.start);
      for (; at < all.length && all[at]!.start < mark.end; at++) marked[at]!.push(mark);
    }
    return all.map((p, i) => ({ ...p, segments: segments(p.start, p.end, marked[i]!) }));
  }

  private *marks(): Generator<Marked<Mark>> {
    for (const [index, a] of this.reading.attributions.entries()) {
      for (const kind of ["content", "source", "cue"] as const) {
        for (const span of a[kind]) yield { ...span, mark: { kind, index } };
      }
    }
    for (const span of this.reading.document.boilerplate) yield { ...span, mark: { kind: "litter" } };
    for (const repair of this.reading.document.repairs) yield { start: repair.start, end: repair.end, mark: { kind: "repair", repair } };
  }

  /** The sides of the main conversation, then the others as they come; those who speak for none last. */
  private sidesInOrder(): (string | null)[] {
    const talking = this.reading.conversations[0]?.participants ?? [];
    const speaking = this.reading.attributions.map((a) => a.speaker);
    const sides = [...talking, ...speaking].map((id) => this.entity(id)?.side).filter((side) => side != null);
    return [...new Set<string | null>(sides), null];
  }

  /** All attributions by side and speaker: the order in which people read the answer. */
  bySide(): SideGroup[] {
    const groups = this.sides.map((side): SideGroup => ({ side, speakers: [] }));
    for (const [index, a] of this.reading.attributions.entries()) {
      const speaker = this.entity(a.speaker);
      const group = groups.find((g) => g.side === (speaker?.side ?? null));
      if (!group) continue;
      let own = group.speakers.find((s) => s.speaker?.id === speaker?.id);
      if (!own) group.speakers.push((own = { speaker, entries: [] }));
      const held = this.outer(a);
      const other = held.findIndex((i) => this.attribution(i).speaker !== a.speaker);
      own.entries.push({ index, depth: other < 0 ? held.length : other });
    }
    return groups.filter((g) => g.speakers.length > 0);
  }
}

/** The first of the sorted spans that ends behind `at`. */
function firstEndingBehind(spans: Span[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
