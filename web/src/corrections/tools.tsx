// What a person can put right about an attribution: who speaks, what they are called, which words they are.
import { useState } from "preact/hooks";
import type { ReadingView } from "../reading/view";
import type { Decision } from "../store";
import type { Span } from "../types";
import { heading, wordsOf } from "../words";
import { moveEnd, moveStart } from "./nudge";
import { selectedSpan } from "./selection";

interface ToolsProps {
  view: ReadingView;
  index: number;
  /** Keeps the decision; the promise ends when it is kept. */
  decide(decision: Decision): Promise<void>;
}

type Open = "speaker" | "name" | "words" | null;

/** The tools under a chosen attribution. */
export function Tools({ view, index, decide }: ToolsProps) {
  const [open, setOpen] = useState<Open>(null);
  const toggle = (which: Open) => setOpen(open === which ? null : which);
  const done = async (decision: Decision) => {
    await decide(decision);
    setOpen(null);
  };
  const button = (which: Exclude<Open, null>, words: string) => (
    <button type="button" class="small" aria-expanded={open === which} onClick={() => toggle(which)}>{words}</button>
  );
  return (
    <div class="tools">
      <div class="row" role="group" aria-label="Correct">
        {button("speaker", "Another speaker")}
        {view.speakerOf(index)?.entity != null && button("name", "Name")}
        {button("words", "Words")}
      </div>
      {open === "speaker" && <SpeakerForm view={view} index={index} decide={done} />}
      {open === "name" && <NameForm view={view} index={index} decide={done} />}
      {open === "words" && <WordsForm key={index} view={view} index={index} decide={done} />}
    </div>
  );
}

/** Everyone else in the document, those with names first. */
function others(view: ReadingView, index: number) {
  const own = view.attribution(index).speaker;
  const rank = (kind: string) => (kind === "unnamed" ? 1 : 0);
  return view.reading.entities.filter((e) => e.id !== own).sort((a, b) => rank(a.kind) - rank(b.kind) || a.name.localeCompare(b.name));
}

/** Stands for somebody whom the document does not know yet. */
const NEW = "new";

/** Stands for no source. */
const NOBODY = "nobody";

function SpeakerForm({ view, index, decide }: ToolsProps) {
  const all = others(view, index);
  const [chosen, setChosen] = useState("");
  const [name, setName] = useState("");
  const { id: attribution, speaker: own } = view.attribution(index);
  const save = (event: Event) => {
    event.preventDefault();
    if (chosen === "") return;
    const entity = chosen === NOBODY ? null : chosen;
    void decide(chosen !== NEW ? { kind: "speaker", attribution, entity } : { kind: "split", entity: own!, name: name.trim(), attributions: [attribution] });
  };
  return (
    <form onSubmit={save}>
      <label>Who says this
        <select value={chosen} onChange={(e) => setChosen(e.currentTarget.value)} required>
          <option value="" disabled>choose …</option>
          {all.map((e) => <option key={e.id} value={e.id}>{heading(e)}</option>)}
          <option value={NOBODY}>nobody: the text names no source</option>
          {own && <option value={NEW}>somebody else …</option>}
        </select>
      </label>
      {chosen === NEW && <label>Their name <input value={name} onInput={(e) => setName(e.currentTarget.value)} required /></label>}
      <div class="row"><button class="small main" disabled={chosen === ""}>Save speaker</button></div>
    </form>
  );
}

function NameForm({ view, index, decide }: ToolsProps) {
  const speaker = view.speakerOf(index)!;
  const all = others(view, index);
  const [name, setName] = useState(speaker.name);
  const [same, setSame] = useState("");
  const other = all.find((e) => e.entity === Number(same) && e.kind !== speaker.kind);
  const rename = (event: Event) => {
    event.preventDefault();
    void decide({ kind: "rename", entity: speaker.entity!, name: name.trim() });
  };
  const merge = (event: Event) => {
    event.preventDefault();
    // A box that must be ticked is shown where the kinds differ: so ticking it is what is sent.
    if (same) void decide({ kind: "merge", entity: speaker.entity!, into: Number(same), ...(other && { confirm: true }) });
  };
  return (
    <>
      <form onSubmit={rename}>
        <label>Called <input value={name} onInput={(e) => setName(e.currentTarget.value)} required /></label>
        <div class="row"><button class="small main" disabled={name.trim() === speaker.name}>Rename</button></div>
      </form>
      <form onSubmit={merge}>
        <label>The same as
          <select value={same} onChange={(e) => setSame(e.currentTarget.value)}>
            <option value="">nobody else</option>
            {all.map((e) => e.entity != null && <option key={e.id} value={e.entity}>{heading(e)}</option>)}
          </select>
        </label>
        {other && (
          <label>
            <input key={same} type="checkbox" required /> one is of the kind {speaker.kind}, the other of the kind {other.kind}: they are one all the same
          </label>
        )}
        <div class="row"><button class="small main" disabled={!same}>Merge</button></div>
      </form>
    </>
  );
}

const PARTS = ["content", "source", "cue"] as const;

/** Words are corrected by selecting them in the text, or by moving a border word by word. */
function WordsForm({ view, index, decide }: ToolsProps) {
  const a = view.attribution(index);
  const text = view.reading.document.text;
  const [part, setPart] = useState<(typeof PARTS)[number]>("content");
  const [spans, setSpans] = useState<Span[]>(a[part]);
  const choose = (next: (typeof PARTS)[number]) => {
    setPart(next);
    setSpans(a[next]);
  };
  const select = () => {
    const article = document.querySelector("article.text");
    const selected = article && selectedSpan(article);
    if (selected) setSpans([selected]);
  };
  const first = (move: (span: Span) => Span) => spans[0] && setSpans([move(spans[0]), ...spans.slice(1)]);
  const last = (move: (span: Span) => Span) => spans.length > 0 && setSpans([...spans.slice(0, -1), move(spans.at(-1)!)]);
  return (
    <div class="form">
      <label>Which words
        <select value={part} onChange={(e) => choose(e.currentTarget.value as (typeof PARTS)[number])}>
          {PARTS.map((p) => <option key={p}>{p}</option>)}
        </select>
      </label>
      <p class="preview" role="status">{wordsOf(text, spans) || "none: select some in the text"}</p>
      <div class="row" role="group" aria-label="Beginning">
        <span class="soft">begins</span>
        <button type="button" class="small" onClick={() => first((s) => moveStart(text, s, -1))} aria-label="one word earlier">←</button>
        <button type="button" class="small" onClick={() => first((s) => moveStart(text, s, 1))} aria-label="one word later">→</button>
      </div>
      <div class="row" role="group" aria-label="End">
        <span class="soft">ends</span>
        <button type="button" class="small" onClick={() => last((s) => moveEnd(text, s, -1))} aria-label="one word earlier">←</button>
        <button type="button" class="small" onClick={() => last((s) => moveEnd(text, s, 1))} aria-label="one word later">→</button>
      </div>
      <div class="row">
        {/* A press of a button would take the selection away before it is read. */}
        <button type="button" class="small" onMouseDown={(e) => e.preventDefault()} onClick={select}>Take what is selected in the text</button>
        <button type="button" class="small main" disabled={spans.length === 0} onClick={() => void decide({ kind: "span", attribution: a.id, part, spans })}>
          Save words
        </button>
      </div>
    </div>
  );
}
