// One attribution found in the store: who, what, to whom, in which document; a link to its place there.
import type { ComponentChildren } from "preact";
import type { DocumentName, Hit } from "../store";
import { cueWords, day, heading, isUnsure, shorten } from "../words";
import { address } from "../route";

/** Characters of a content that a hit shows. */
const WORDS = 420;

interface HitItemProps {
  hit: Hit;
  /** Words to mark in the content. */
  found?: string[];
  /** Whether the speaker is named; on the speaker's own page the title does. */
  named?: boolean;
  children?: ComponentChildren;
}

/** The hit. */
export function HitItem({ hit, found = [], named = true, children }: HitItemProps) {
  const name = heading(hit.speaker ?? undefined);
  return (
    <li class={isUnsure(hit) ? "hit doubt" : "hit"}>
      <p class="act">
        {named && (hit.speaker ? <a class="speaker" href={address(["speaker", hit.speaker.id])}>{name}</a> : <span class="speaker">{name}</span>)}
        {named && hit.speaker?.side && hit.speaker.side !== name && <span class="soft"> ({hit.speaker.side})</span>}{" "}
        <b class={hit.polarity === "negated" ? "verb not" : "verb"}>{cueWords(hit.cue)}</b>
        {hit.addressee && ` → ${hit.addressee.name}`}
      </p>
      <p class="words">
        <a href={address(["document", hit.document.id], { a: hit.attribution })}>
          <Marked words={shorten(hit.content.replace(/\s+/g, " "), WORDS)} found={found} />
        </a>
      </p>
      <p class="facts">
        {[hit.document.published && day(hit.document.published), hit.document.publisher, titleOf(hit.document)].filter((s) => s).join(" · ")}
        {isUnsure(hit) && <> · <b class="unsure">?</b> unsure</>}
      </p>
      {children}
    </li>
  );
}

/** What a document is called: its title, else its name. */
export function titleOf(document: DocumentName): string {
  return document.title ?? document.name;
}

/** The words with those that were looked for marked. */
export function Marked({ words, found }: { words: string; found: string[] }) {
  const wanted = found.filter((w) => w !== "").map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (wanted.length === 0) return <>{words}</>;
  const parts = words.split(new RegExp(`(${wanted.join("|")})`, "giu"));
  return <>{parts.map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part))}</>;
}

/** The words that a question looks for: without quotation marks, stars, and words that must not occur. */
export function wordsOfQuery(query: string): string[] {
  return query.match(/(?<![\p{L}\p{N}-])[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];
}
