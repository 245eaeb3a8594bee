// The accounts side by side at the passages on one issue, with the links between them drawn.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { segments } from "../segments";
import type { Account, Claim, Comparison, IssueRow, Link } from "../types";
import { day } from "../words";
import { drawLinks, type Line } from "./lines";
import { relationClass, relationWords, sides } from "./matrix";

interface TextsProps {
  comparison: Comparison;
  /** The claim whose passage is shown, by id. */
  claim: string;
  choose(claim: string): void;
  addressOf(claim: string): string;
  back(): void;
}

/** The texts. */
export function Texts({ comparison, claim, choose, addressOf, back }: TextsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<Line[]>([]);
  const at = comparison.issues.findIndex((row) => row.claims.includes(claim));
  const row = comparison.issues[at];
  const links = useMemo(() => linksOf(comparison, row), [comparison, row]);

  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    markChosen(box, claim, row, links);
    scrollTo(box, claim, row, links);
    const draw = () => setLines(drawLinks(box, links, claim));
    draw();
    // Scrolling of the panes does not bubble, so it is caught on its way down.
    box.addEventListener("scroll", draw, { capture: true, passive: true });
    addEventListener("resize", draw);
    return () => {
      box.removeEventListener("scroll", draw, { capture: true });
      removeEventListener("resize", draw);
    };
  }, [comparison, claim, links]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && back();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [back]);

  const step = (by: number) => {
    const next = comparison.issues[at + by]?.claims[0];
    if (next) choose(next);
  };
  return (
    <section aria-label="The texts side by side">
      <div class="issue-bar">
        <button type="button" class="plain" onClick={back}>← All issues</button>
        <h2 tabIndex={-1} id="issue">
          {row?.issue} {row && <span class={`relation ${relationClass(row.relation)}`}>{relationWords(row)}</span>}
        </h2>
        <div class="steps">
          <button type="button" onClick={() => step(-1)} disabled={at <= 0} aria-label="Issue before">↑</button>
          <button type="button" onClick={() => step(1)} disabled={at >= comparison.issues.length - 1} aria-label="Next issue">↓</button>
        </div>
      </div>
      <div class={`texts n${Math.min(comparison.documents.length, 3)}`} ref={frame}>
        {comparison.documents.map((account, i) => (
          <Pane key={i} comparison={comparison} account={account} index={i} choose={choose} addressOf={addressOf} />
        ))}
        <svg class="links" aria-hidden="true">
          {lines.map((line) => (
            <path key={line.id} d={line.d} class={`${line.relation}${line.chosen ? " chosen" : ""}`} />
          ))}
        </svg>
      </div>
    </section>
  );
}

/** The links between claims of one issue. */
function linksOf(comparison: Comparison, row: IssueRow | undefined): Link[] {
  const claims = new Set(row?.claims);
  return comparison.links.filter((l) => claims.has(l.a) && claims.has(l.b));
}

function passage(box: Element, id: string): Element | null {
  return box.querySelector(`[data-c~="${id}"]`);
}

/** Classes tell the chosen claim, those linked with it, and the issue's others; nothing is built anew. */
function markChosen(box: Element, claim: string, row: IssueRow | undefined, links: Link[]) {
  const names = ["chosen", "of-issue", "same", "differ", "contradict"];
  box.querySelectorAll(".of-issue").forEach((e) => e.classList.remove(...names));
  const all = (id: string, ...add: string[]) =>
    box.querySelectorAll(`[data-c~="${id}"]`).forEach((e) => e.classList.add(...add));
  for (const id of row?.claims ?? []) all(id, "of-issue");
  all(claim, "chosen");
  for (const l of links) {
    if (l.a === claim) all(l.b, l.relation);
    if (l.b === claim) all(l.a, l.relation);
  }
}

/** Brings the chosen passage, and in each other text the one linked with it or else the issue's first, into view. */
function scrollTo(box: Element, claim: string, row: IssueRow | undefined, links: Link[]) {
  const linked = links.flatMap((l) => (l.a === claim ? [l.b] : l.b === claim ? [l.a] : []));
  const panes = new Set<Element>();
  for (const id of [claim, ...linked, ...(row?.claims ?? [])]) {
    const mark = passage(box, id);
    const pane = mark?.closest(".pane-text");
    if (!mark || !pane || panes.has(pane)) continue;
    panes.add(pane);
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }
}

interface PaneProps {
  comparison: Comparison;
  account: Account;
  index: number;
  choose(claim: string): void;
  addressOf(claim: string): string;
}

function Pane({ comparison, account, index, choose, addressOf }: PaneProps) {
  const claims = useMemo(() => comparison.claims.filter((c) => c.document === index), [comparison, index]);
  const body = useMemo(() => <PaneText text={account.text} claims={claims} addressOf={addressOf} />, [account, claims, addressOf]);
  const colour = (sides(comparison).indexOf(account.side ?? "") % 6) + 1;
  const facts = [account.kind, account.published && day(account.published), account.publisher, account.translation && `“${account.translation}”`];
  const click = (event: MouseEvent) => {
    const mark = (event.target as Element).closest<HTMLElement>("[data-c]");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(mark.dataset["c"]!.split(" ").at(-1)!);
  };
  return (
    <div class={`pane c${colour}`}>
      <h3>{account.side ?? account.title ?? account.id}</h3>
      <p class="origin">{facts.filter((f) => f).join(" · ")}</p>
      <div class="pane-text" tabIndex={0} role="region" aria-label={`Text: ${account.side ?? account.id}`} dir="auto" onClick={click}>
        {body}
      </div>
    </div>
  );
}

function PaneText({ text, claims, addressOf }: { text: string; claims: Claim[]; addressOf(claim: string): string }) {
  const begun = new Set<string>();
  const cut = segments(0, text.length, claims.map((c) => ({ start: c.start, end: c.end, mark: c })));
  return (
    <>
      {cut.map(({ start, end, marks }) => {
        const words = text.slice(start, end);
        if (marks.length === 0) return words;
        const inner = [...marks].sort((a, b) => b.end - b.start - (a.end - a.start));
        const common = { "data-c": inner.map((c) => c.id).join(" "), title: inner.at(-1)!.issue };
        const first = inner.find((c) => !begun.has(c.id));
        if (!first) return <mark key={start} {...common}>{words}</mark>;
        inner.forEach((c) => begun.add(c.id));
        return <mark key={start} {...common}><a href={addressOf(first.id)}>{words}</a></mark>;
      })}
    </>
  );
}
