// What the store tells, as docs/api.md has it.
import type { Act, Entity, Reading, Span } from "./types";

/** Somebody who speaks in the store's documents. */
export interface Somebody {
  id: number;
  name: string;
  kind: Entity["kind"];
  side: string | null;
}

/** A document as others name it. */
export interface DocumentName {
  id: number;
  name: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
}

/** A document in the list of documents. */
export interface DocumentRow extends DocumentName {
  source: string | null;
  added: string;
  words: number;
  attributions: number;
}

/** A document with its reading, corrections laid over; offsets in UTF-16. */
export interface StoredDocument extends DocumentRow {
  reading: Reading;
  corrections: Correction[];
}

/** An attribution found over the documents. */
export interface Hit {
  id: number;
  document: DocumentName;
  /** Its id within the document's reading. */
  attribution: string;
  speaker: Somebody | null;
  addressee: Somebody | null;
  act: Act;
  polarity: "affirmed" | "negated";
  type: "direct" | "mixed" | "indirect";
  cue: string;
  content: string;
  confidence: number;
}

/** A value with how often it comes. */
export interface Count {
  id?: number;
  name: string | null;
  count: number;
}

/** A page of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/** A page of hits, with counts over all that fit the question. */
export interface Hits extends Page<Hit> {
  facets?: Record<string, Count[]>;
}

/** What is asked of the attributions; empty fields ask nothing. */
export interface Question {
  q?: string;
  speaker?: string;
  side?: string;
  addressee?: string;
  act?: string;
  issue?: string;
  publisher?: string;
  from?: string;
  to?: string;
  direct?: string;
  unnamed?: string;
}

/** Somebody in the list of speakers. */
export interface SpeakerRow extends Somebody {
  attributions: number;
  documents: number;
  words: number;
}

/** A step of a speaker's timeline. */
export interface Moment {
  date: string | null;
  wording: "new" | "repeated" | "changed";
  before?: { id: number; date: string | null; content: string } | null;
  attribution: Hit;
}

/** Somebody with everything that is known of them. */
export interface SpeakerPage extends SpeakerRow {
  names: Count[];
  roles: Count[];
  acts: Count[];
  first: string | null;
  last: string | null;
  timeline: Moment[];
}

/** A call or meeting found over the documents. */
export interface ConversationRow {
  id: number;
  date: string | null;
  medium: "telephone" | "video" | "in person" | "unknown";
  participants: { id: number; name: string; side: string | null }[];
  documents: DocumentName[];
}

/** A row of figures with its denominators. */
export interface Share {
  name: string | null;
  count: number;
  of: number;
  share: number;
  words: number;
  of_words: number;
  share_words: number;
}

/** Who gets quoted. */
export interface Figures {
  attributions: number;
  words: number;
  documents: number;
  named: Share[];
  side: Share[];
  role: Share[];
  speaker: Share[];
  type: Share[];
  publisher: Share[];
  months: { month: string; attributions: number; named: number; unnamed: number; words: number; sides: Count[] }[];
}

/** What a person decides: kept beside readings, never in them. Entities are the store's numbers or a reading's ids; spans UTF-16. */
export type Decision =
  | { kind: "speaker"; attribution: string; entity: string | null }
  | { kind: "split"; entity: string; name: string; attributions: string[] }
  | { kind: "rename"; entity: number; name: string }
  | { kind: "merge"; entity: number; into: number; confirm?: boolean }
  | { kind: "span"; attribution: string; part: "source" | "cue" | "content"; spans: Span[] }
  | { kind: "addressee"; attribution: string; entity: string | null }
  | { kind: "act"; attribution: string; act: Act }
  | { kind: "polarity"; attribution: string; polarity: "affirmed" | "negated" }
  | { kind: "reject"; attribution: string }
  | { kind: "add"; source: Span[]; cue: Span[]; content: Span[]; speaker?: string | null; name?: string; act?: Act };

/** A decision as it is kept; spans in code points. */
export type Correction = Decision & {
  id: number;
  document?: number;
  who: string | null;
  when: string;
  undone: { who: string | null; when: string } | null;
  applied: boolean;
};
