// One attribution for people: cue, addressee, words, chain, and how sure it is.
import type { ComponentChildren } from "preact";
import { chainNames, cueOf, heading, isUnsure, quotedWords, shorten } from "../words";
import type { ReadingView } from "./view";

/** Characters of a content that a card shows. */
const WORDS = 260;

interface CardProps {
  view: ReadingView;
  index: number;
  depth?: number;
  /** Whether the speaker is named on the card; in a speaker's own list the heading does. */
  named?: boolean;
  /** Goes to an attribution's place in the text. */
  go(index: number): void;
  children?: ComponentChildren;
}

/** The card. */
export function Card({ view, index, depth = 0, named, go, children }: CardProps) {
  const a = view.attribution(index);
  const to = view.entity(a.addressee);
  const cue = cueOf(view.reading.document.text, a.cue);
  return (
    <li class={`card c${view.colourOf(index)} d${Math.min(depth, 3)}${isUnsure(a) ? " doubt" : ""}`}>
      <p class="act">
        <Number index={index} go={go} />
        <span class={named ? "speaker" : "hidden"}>{heading(view.speakerOf(index))} </span>
        {cue && <b class={a.polarity === "negated" ? "verb not" : "verb"}>{cue}</b>}
        {to && <span> → {to.name}</span>}
        {to && a.addressee_inferred && <span class="soft"> (told by the exchange)</span>}
      </p>
      <p class="words">{shorten(quotedWords(view.reading.document.text, a.content), WORDS)}</p>
      <Chain names={chainNames(a, view.nameOf)} />
      <p class="facts">
        {a.type}
        {a.via && ` · via ${a.via}`}
        {view.indexOf(a.inside) !== undefined && (
          <> · inside <Number index={view.indexOf(a.inside)!} go={go} small /></>
        )}
        {" · "}
        <Sure confidence={a.confidence} />
      </p>
      {children}
    </li>
  );
}

function Number({ index, go, small }: { index: number; go(index: number): void; small?: boolean }) {
  const click = (event: Event) => {
    event.preventDefault();
    go(index);
  };
  return (
    <a class={small ? undefined : "no"} href={`#w${index}`} onClick={click} aria-label={`attribution ${index + 1}: to its place in the text`}>
      {index + 1}
    </a>
  );
}

/** The way the words came, where there is more than the speaker. */
export function Chain({ names }: { names: string[] }) {
  if (names.length < 2) return null;
  return (
    <ol class="chain" aria-label="chain of sources">
      {names.map((name, i) => <li key={i}>{name}</li>)}
    </ol>
  );
}

/** A confidence in words, figure and bar. */
export function Sure({ confidence }: { confidence: number }) {
  const percent = Math.round(Math.min(Math.max(confidence, 0), 1) * 100);
  return (
    <span class="sure">
      {isUnsure({ confidence }) && <><b class="unsure">?</b> unsure, </>}
      confidence {confidence.toFixed(2)} <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" class="all" />
        <rect width={percent} height="10" class="part" />
      </svg>
    </span>
  );
}
