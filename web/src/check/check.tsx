// A check: each passage beside its source, with what was changed.
import type { Check, Match, Passage, Span, Verdict } from "../types";
import { counted } from "../words";

const VERDICTS: Verdict[] = ["exact", "altered", "spliced", "misattributed", "supported", "contradicted", "not found"];

/** The kinds of changes that change what is said. */
const MEANING = ["negation", "number", "name", "modality", "qualifier"];

type Grade = "same" | "differ" | "contradict";

/** How much is wrong, as the class that gives the colour. */
function grade(verdict: Verdict, meaning: boolean): Grade {
  if (verdict === "exact" || verdict === "supported") return "same";
  return verdict === "not found" || (verdict === "altered" && !meaning) ? "differ" : "contradict";
}

/** How many passages there are of each verdict. */
export function Counts({ check }: { check: Check }) {
  const rows = VERDICTS.flatMap((verdict): [Grade, string][] => {
    const of = check.passages.filter((p) => p.verdict === verdict);
    return of.length > 0 ? [[grade(verdict, of.some((p) => p.meaning)), `${of.length} ${verdict}`]] : [];
  });
  const changed = check.passages.filter((p) => p.meaning).length;
  if (changed > 0) rows.push(["contradict", `${changed} altered in what is said`]);
  return (
    <ul class="counts" aria-label={counted(check.passages.length, "passage")}>
      {rows.map(([kind, words]) => <li key={words} class={kind}>{words}</li>)}
    </ul>
  );
}

interface PassagesProps {
  check: Check;
  /** Where a document stands in the store, at an attribution of it if one is named. */
  addressOf(document: number, attribution?: string | null): string;
}

/** The passages, a row each. */
export function Passages({ check, addressOf }: PassagesProps) {
  if (check.passages.length === 0) return <p>No quotation and no report was found in it.</p>;
  return (
    <div class="scroll">
      <table class="matrix check">
        <thead><tr><th scope="col">Verdict</th><th scope="col">Article</th><th scope="col">Source</th></tr></thead>
        <tbody>
          {check.passages.map((passage) => (
            <tr key={passage.id} class={grade(passage.verdict, passage.meaning)}>
              <th scope="row">{passage.verdict}<Changes passage={passage} /></th>
              <td data-label="article">
                <a class="words" href={addressOf(passage.document, passage.attribution)}>
                  {passage.quoted && "“"}<Words pieces={inArticle(check, passage)} of={passage.quoted ? "ins" : "span"} />{passage.quoted && "”"}
                </a>
                <p class="facts">{passage.speaker ?? "nobody is credited"} · {passage.confidence.toFixed(2)}</p>
              </td>
              <td data-label="source"><Sources check={check} passage={passage} addressOf={addressOf} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Changes({ passage }: { passage: Passage }) {
  const kinds = [...new Set(passage.changes.map((c) => c.kind))];
  return kinds.length > 0 ? <span>{kinds.join(", ")}{passage.meaning && " (changes what is said)"}</span> : null;
}

function Sources({ check, passage, addressOf }: PassagesProps & { passage: Passage }) {
  const shown = passage.verdict === "spliced" ? passage.matches : passage.matches.slice(0, 1);
  const more = passage.matches.length - shown.length;
  if (shown.length === 0) return <span class="soft">–</span>;
  return (
    <ul>
      {shown.map((match, i) => (
        <li key={i}>
          <a class="words" href={addressOf(match.document)}><Words pieces={inSource(check, passage, match)} of="del" /></a>
          <p class="facts">{[check.documents[match.document]?.id, match.speaker].filter((s) => s).join(", ")}</p>
        </li>
      ))}
      {more > 0 && <li class="facts">also in {counted(more, "other place")}</li>}
    </ul>
  );
}

/** A stretch of a text; `kind` is that of the change it is part of. */
interface Piece {
  words: string;
  kind: string | null;
}

function Words({ pieces, of: Element }: { pieces: Piece[]; of: "ins" | "del" | "span" }) {
  return (
    <>
      {pieces.map(({ words, kind }, i) =>
        kind === null ? words : <Element key={i} title={kind} class={MEANING.includes(kind) ? "meaning" : undefined}>{words}</Element>)}
    </>
  );
}

function inArticle(check: Check, passage: Passage): Piece[] {
  return pieces(check.documents[passage.document]?.text ?? "", passage, passage.changes);
}

function inSource(check: Check, passage: Passage, match: Match): Piece[] {
  const changes = passage.changes.filter((c) => c.document === match.document);
  const there = changes.map((c) => ({ start: c.source_start, end: c.source_end, kind: c.kind }));
  return pieces(check.documents[match.document]?.text ?? "", match, there);
}

/** The words of a span, cut where changes begin and end. */
export function pieces(text: string, span: Span, changes: (Span & { kind: string })[]): Piece[] {
  const found: Piece[] = [];
  const add = (start: number, end: number, kind: string | null) => {
    if (start < end) found.push({ words: text.slice(start, end), kind });
  };
  let at = span.start;
  const within = changes.filter((c) => span.start <= c.start && c.start < c.end && c.end <= span.end);
  for (const { start, end, kind } of within.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    add(at, start, null);
    add(start, end, kind);
    at = end;
  }
  add(at, span.end, null);
  return found;
}
