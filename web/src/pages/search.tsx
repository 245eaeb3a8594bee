// Search: words, and facets that narrow. The address holds the question, so that it can be kept and sent.
import { useState } from "preact/hooks";
import { attributions, exportAttributions } from "../api";
import { Export } from "../export";
import { More, usePages } from "../load";
import { address, visit, type Route } from "../route";
import type { Count, Hit, Hits, Question } from "../store";
import { ACTS, counted } from "../words";
import { HitItem, wordsOfQuery } from "./hit";

const FIELDS: (keyof Question)[] = ["q", "speaker", "side", "addressee", "act", "issue", "publisher", "from", "to", "direct", "unnamed"];

/** The page. */
export function Search({ route }: { route: Route }) {
  const question: Question = {};
  for (const field of FIELDS) {
    const value = route.query.get(field);
    if (value) question[field] = value;
  }
  const key = JSON.stringify(question);
  const hits = usePages<Hit, Hits>(key, (cursor) => attributions(question, cursor));
  const change = (more: Question) => visit(address(["search"], { ...question, ...more }));
  return (
    <>
      <header class="head"><h1>Search</h1></header>
      <Form key={key} question={question} ask={(q) => visit(address(["search"], { ...q }))} />
      <div class="results">
        <div>
          {hits.items && (
            <p class="soft" role="status">
              {hits.items.length === 0 ? "Nothing found." : counted(hits.first?.total ?? hits.items.length, "attribution")}
            </p>
          )}
          <ul class="hits">
            {hits.items?.map((hit) => <HitItem key={hit.id} hit={hit} found={wordsOfQuery(question.q ?? "")} />)}
          </ul>
          <More list={hits} />
        </div>
        {hits.first && (
          <aside class="facets" aria-label="Narrow by">
            <Facets counts={hits.first.facets ?? {}} change={change} question={question} />
            {hits.first.total > 0 && <Export name="attributions" formats={["csv"]} make={() => exportAttributions(question)} />}
          </aside>
        )}
      </div>
    </>
  );
}

function Form({ question, ask }: { question: Question; ask(question: Question): void }) {
  const [now, setNow] = useState(question);
  const set = (field: keyof Question) => (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    setNow({ ...now, [field]: event.currentTarget.value });
  const check = (field: "direct" | "unnamed") => (event: { currentTarget: HTMLInputElement }) => {
    const next = { ...now, [field]: event.currentTarget.checked ? "true" : "" };
    setNow(next);
    ask(next);
  };
  return (
    <form class="search" role="search" onSubmit={(e) => (e.preventDefault(), ask(now))}>
      <label class="wide">Words <input type="search" value={now.q ?? ""} onInput={set("q")} placeholder="fishing ban, “a phrase”, harb*, -word" /></label>
      <button class="main">Search</button>
      <details open={FIELDS.some((f) => f !== "q" && question[f])}>
        <summary>Who, to whom, when, where</summary>
        <div>
          <label>Speaker <input value={now.speaker ?? ""} onInput={set("speaker")} /></label>
          <label>Side <input value={now.side ?? ""} onInput={set("side")} /></label>
          <label>Topic <input value={now.issue ?? ""} onInput={set("issue")} placeholder="fishing, quota" /></label>
          <label>To whom <input value={now.addressee ?? ""} onInput={set("addressee")} /></label>
          <label>Act
            <select value={now.act ?? ""} onChange={set("act")}>
              <option value="">any</option>
              {ACTS.map((act) => <option key={act}>{act}</option>)}
            </select>
          </label>
          <label>From <input type="date" value={now.from ?? ""} onInput={set("from")} /></label>
          <label>To <input type="date" value={now.to ?? ""} onInput={set("to")} /></label>
          <label>Publisher <input value={now.publisher ?? ""} onInput={set("publisher")} /></label>
          <label class="check"><input type="checkbox" checked={!!now.direct} onChange={check("direct")} /> direct only</label>
          <label class="check"><input type="checkbox" checked={!!now.unnamed} onChange={check("unnamed")} /> unnamed only</label>
        </div>
      </details>
    </form>
  );
}

interface FacetsProps {
  counts: Record<string, Count[]>;
  question: Question;
  change(question: Question): void;
}

const FACETS: { field: "speaker" | "side" | "act" | "publisher"; name: string }[] = [
  { field: "speaker", name: "Speaker" }, { field: "side", name: "Side" }, { field: "act", name: "Act" }, { field: "publisher", name: "Publisher" },
];

/** What all that was found has in common, to narrow by a click; a facet that narrows already can be taken back. */
function Facets({ counts, question, change }: FacetsProps) {
  return (
    <>
      {FACETS.map(({ field, name }) => {
        const named = byName(counts[field] ?? []);
        const given = question[field];
        if (!given && named.length < 2) return null;
        return (
          <section key={field}>
            <h2 class="small-caps">{name}</h2>
            {given ? (
              <button type="button" class="chip on" onClick={() => change({ [field]: "" })} aria-label={`${name}: ${given}. Take back`}>{given} ×</button>
            ) : (
              <ul>
                {named.slice(0, 10).map(([value, count]) => (
                  <li key={value}>
                    <button type="button" class="chip" onClick={() => change({ [field]: value })}>
                      {value} <span class="soft">{count.toLocaleString("en")}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}

/** Counts by name, since that is what a facet asks for: two entities of one name are one choice. */
function byName(counts: Count[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { name, count } of counts) if (name !== null) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].sort((a, b) => b[1] - a[1]);
}
