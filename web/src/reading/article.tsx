// The text with its marks. Built once for a reading: choosing a passage and toggling a layer only change classes.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isUnsure } from "../words";
import type { Segment } from "../segments";
import type { Mark, MarkedParagraph, ReadingView } from "./view";

/** Lanes of underlines that the style sheet has; deeper ones share the last. */
const LANES = 4;

interface ArticleProps {
  view: ReadingView;
  /** The layers that are shown, as words of a class. */
  layers: string;
  /** The attribution that is lit, by its index. */
  lit: number | null;
  /** Called with the attributions under the passage that was chosen, innermost first. */
  choose(indexes: number[]): void;
  /** The address of an attribution, by id. */
  addressOf(id: string): string;
}

/** The article. */
export function Article({ view, layers, lit, choose, addressOf }: ArticleProps) {
  const root = useRef<HTMLElement>(null);
  const body = useMemo(() => <Body view={view} addressOf={addressOf} />, [view, addressOf]);
  useEffect(() => light(root.current, lit), [view, lit]);

  const chosen = (target: EventTarget | null): boolean => {
    const passage = (target as Element | null)?.closest<HTMLElement>(".m");
    if (!passage || selecting()) return false;
    choose(passage.dataset["a"]!.split(" ").map(Number));
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = [...(root.current?.querySelectorAll<HTMLElement>("a.m") ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at < 0 ? 0 : at + step];
    if (next) {
      next.focus();
      chosen(next);
    }
  };
  return (
    <article
      ref={root}
      class={`text ${layers}`}
      lang={view.reading.document.language ?? undefined}
      dir="auto"
      onClick={(event) => !opensElsewhere(event) && chosen(event.target) && event.preventDefault()}
      onKeyDown={onKey}
    >
      {body}
    </article>
  );
}

/** A click with a key that opens links in another tab is the browser's own affair. */
function opensElsewhere(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

/** Selecting words for a correction is no click on a passage. */
function selecting(): boolean {
  return !(getSelection()?.isCollapsed ?? true);
}

function light(root: HTMLElement | null, lit: number | null) {
  root?.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
  if (lit === null) return;
  root?.querySelectorAll(`[data-a~="${lit}"]`).forEach((e) => e.classList.add("on"));
}

type Built = Pick<ArticleProps, "view" | "addressOf">;

function Body({ view, addressOf }: Built) {
  const paragraphs = view.paragraphs();
  const seen = new Seen(paragraphs);
  return (
    <>
      {paragraphs.map((p) => (
        <p key={p.start} class={p.wrapped ? undefined : "lines"}>
          {p.segments.map((s) => (
            <Piece key={s.start} view={view} addressOf={addressOf} segment={s} seen={seen} />
          ))}
        </p>
      ))}
    </>
  );
}

function Piece({ view, addressOf, segment, seen }: Built & { segment: Segment<Mark>; seen: Seen }) {
  const words = decorated(view, segment);
  const covering = view.innermostFirst(segment.marks.flatMap((m) => ("index" in m ? [m.index] : [])));
  const first = covering[0];
  if (first === undefined) return <span data-at={segment.start}>{words}</span>;
  const ends = covering.filter((i) => seen.last.get(i) === segment.start).sort((a, b) => a - b);
  const common = {
    class: `m c${view.colourOf(first)}`,
    "data-at": segment.start,
    "data-a": covering.join(" "),
    "data-n": ends.length > 0 ? ends.map((i) => number(view, i)).join(",") : undefined,
  };
  // One stop of the tab key for each attribution is enough.
  const begun = covering.find((i) => seen.first.get(i) === segment.start);
  if (begun === undefined) return <span {...common}>{words}</span>;
  return (
    <a {...common} id={`w${begun}`} href={addressOf(view.attribution(begun).id)}>
      {words}
    </a>
  );
}

/** The number of an attribution as the text shows it, with a question mark where it is unsure. */
export function number(view: ReadingView, index: number): string {
  return `${index + 1}${isUnsure(view.attribution(index)) ? "?" : ""}`;
}

/** The words within one element for each mark: underlines outermost, then cue, source, litter, repair. */
function decorated(view: ReadingView, segment: Segment<Mark>): ComponentChildren {
  let out: ComponentChildren = view.reading.document.text.slice(segment.start, segment.end);
  const classes = new Set<string>();
  let title: string | undefined;
  const lines = new Map<string, { lane: number; look: string }>();
  for (const mark of segment.marks) {
    if (mark.kind === "content") {
      const lane = Math.min(view.lanes[mark.index]!, LANES - 1);
      const doubt = isUnsure(view.attribution(mark.index)) ? " doubt" : "";
      const look = `u l${lane} c${view.colourOf(mark.index)}${doubt}`;
      lines.set(look, { lane, look });
    } else if (mark.kind === "repair") {
      classes.add("fix");
      title = `should read: ${mark.repair.to}`;
    } else classes.add(mark.kind === "source" ? "src" : mark.kind);
  }
  if (classes.size > 0) out = <span class={[...classes].join(" ")} title={title}>{out}</span>;
  for (const { look } of [...lines.values()].sort((a, b) => b.lane - a.lane)) out = <span class={look}>{out}</span>;
  return out;
}

/** Where each attribution begins, and where its content ends: offsets of segments. */
class Seen {
  readonly first = new Map<number, number>();
  readonly last = new Map<number, number>();

  constructor(paragraphs: MarkedParagraph[]) {
    for (const segment of paragraphs.flatMap((p) => p.segments)) {
      for (const mark of segment.marks) {
        if (!("index" in mark)) continue;
        if (!this.first.has(mark.index)) this.first.set(mark.index, segment.start);
        if (mark.kind === "content") this.last.set(mark.index, segment.start);
      }
    }
  }
}
