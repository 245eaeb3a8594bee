// The contracts `saywho/1` and `saywho/compare/1` (docs/output.md, docs/compare.md), as far as the page uses them.
// Offsets here are already UTF-16: offsets.ts converts them once, where an answer comes in.

/** A half-open range of a text. */
export interface Span {
  start: number;
  end: number;
}

export interface Repair extends Span {
  to: string;
}

export interface Document {
  id: string;
  source: string | null;
  title: string | null;
  publisher: string | null;
  published: string | null;
  language: string | null;
  text: string;
  boilerplate: Span[];
  repairs: Repair[];
}

export interface Entity {
  id: string;
  name: string;
  kind: "person" | "organisation" | "state" | "group" | "document" | "unnamed";
  roles: string[];
  side: string | null;
  mentions: Span[];
  /** Of a group: who speak as one. */
  members?: string[];
  /** Of somebody unnamed: what the text tells of them. */
  unnamed?: { kind: string; count: number | null; body: string | null; condition: string | null };
  /** In a kept reading: the entity's number in the store. */
  entity?: number | null;
}

export type Act =
  | "say" | "inform" | "stress" | "ask" | "demand" | "offer" | "promise" | "warn" | "deny" | "agree" | "believe" | "want" | "discuss";

export interface Attribution {
  id: string;
  source: Span[];
  cue: Span[];
  content: Span[];
  type: "direct" | "mixed" | "indirect";
  speaker: string | null;
  addressee: string | null;
  /** The words that name the addressee. */
  recipient?: Span[];
  addressee_inferred?: boolean;
  /** Before whom it was said. */
  audience?: string | null;
  /** The conversation in which it was said. */
  conversation?: string | null;
  /** Told by the document itself, as one side's account of the conversation. */
  told?: "account";
  inside: string | null;
  chain: string[];
  via: string | null;
  act: Act;
  polarity: "affirmed" | "negated";
  issue: string | null;
  confidence: number;
  /** In a kept reading: the corrections that touched it. */
  corrected?: number[];
}

export interface Conversation {
  id: string;
  participants: string[];
  medium: "telephone" | "video" | "in person" | "unknown";
  initiator: { side: string; according_to: string[] } | null;
  date: string | null;
  tone: { words: string; according_to: string }[];
}

/** What one document becomes. */
export interface Reading {
  schema: string;
  document: Document;
  entities: Entity[];
  attributions: Attribution[];
  conversations: Conversation[];
}

export interface Account {
  id: string;
  source: string | null;
  side: string | null;
  kind: "readout" | "transcript" | "report";
  title: string | null;
  publisher: string | null;
  published: string | null;
  translation: string | null;
  /** Whether claims were found in it. */
  claims: "found" | "none readable";
  /** Which conversation it tells of. */
  conversation: "this" | "another" | "none";
  text: string;
}

export interface Claim extends Span {
  id: string;
  document: number;
  cue: Span | null;
  side: string | null;
  /** A name, "both", or "all" of more than two. */
  speaker: string | null;
  addressee: string | null;
  act: Act;
  polarity: "affirmed" | "negated";
  issue: string;
  /** The attribution of its document that it is. */
  attribution?: string;
}

export type Relation = "same" | "differ" | "contradict";

export interface Link {
  a: string;
  b: string;
  relation: Relation;
  confidence: number;
}

export interface IssueRow {
  issue: string;
  relation: Relation | `only ${string}` | "not compared";
  confidence: number | null;
  /** Where one side tells it and another may: that one's claim which comes nearest. */
  nearest?: string;
  claims: string[];
}

export interface Initiator {
  side: string;
  according_to: number[];
}

/** What several readings become. */
export interface Comparison {
  schema: string;
  documents: Account[];
  conversation: {
    participants: { name: string; side: string | null }[];
    medium: Conversation["medium"];
    date: string | null;
    duration_minutes: number | null;
    initiator: Initiator | null;
    initiator_disputed: Initiator[];
    tone: { words: string; according_to: number; convention: { word: string; reading: string; source: string }[] }[];
  };
  claims: Claim[];
  links: Link[];
  issues: IssueRow[];
  /** Why it says less than it seems to, for people. */
  cautions: string[];
}
