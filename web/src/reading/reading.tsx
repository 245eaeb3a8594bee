// A reading: what it tells of itself, the text with its layers, the chosen passage, who said what.
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { say } from "../live";
import { rename, useTitle } from "../route";
import type { Reading } from "../types";
import { circumstances, counted, day, isUnsure, withSides } from "../words";
import { Article } from "./article";
import { Card } from "./card";
import { LAYERS, Layers } from "./layers";
import { List } from "./list";
import { ReadingView } from "./view";

interface ReadingPageProps {
  reading: Reading;
  /** What can be done with the whole reading: keep, export. */
  actions?: ComponentChildren;
  /** What can be done with a chosen attribution: corrections. */
  tools?(view: ReadingView, index: number): ComponentChildren;
  /** An attribution to show at once, by id. */
  at?: string | null;
  /** The address of an attribution of this reading, or of the reading itself. */
  addressOf(id: string | null): string;
}

/** The page. */
export function ReadingPage({ reading, actions, tools, at, addressOf }: ReadingPageProps) {
  const view = useMemo(() => new ReadingView(reading), [reading]);
  const [chosen, setChosen] = useState<number[]>([]);
  const [shown, setShown] = useState<string[]>([...LAYERS]);

  const choose = useCallback((indexes: number[]) => {
    setChosen(indexes);
    rename(addressOf(indexes[0] === undefined ? null : view.attribution(indexes[0]).id));
    if (indexes.length > 0) say(`${counted(indexes.length, "attribution")} chosen`);
  }, [view, addressOf]);
  const go = useCallback((index: number) => {
    setChosen(view.innermostFirst([index, ...view.outer(view.attribution(index))]));
    const place = document.getElementById(`w${index}`);
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  }, [view]);
  const close = () => {
    const first = chosen.at(0);
    choose([]);
    if (first !== undefined) document.getElementById(`w${first}`)?.focus({ preventScroll: true });
  };

  useEffect(() => {
    const index = view.indexOf(at ?? null);
    if (index !== undefined && index !== chosen[0]) requestAnimationFrame(() => go(index));
  }, [view, at]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && chosen.length > 0 && !event.defaultPrevented && close();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });

  return (
    <>
      <Head reading={reading} actions={actions} />
      <div class="columns">
        <div class="reading">
          <Layers shown={shown} change={setShown} />
          <Article view={view} layers={shown.map((l) => `show-${l}`).join(" ")} lit={chosen[0] ?? null} choose={choose} addressOf={addressOf} />
          <p class="note">In the text, <kbd>j</kbd> and <kbd>k</kbd> go to the next and the previous passage; <kbd>Esc</kbd> closes what was chosen.</p>
        </div>
        <aside class="beside" aria-label="Who said what">
          {chosen.length > 0 && (
            <section class="panel" aria-label="Chosen passage">
              <button type="button" class="close" aria-label="Close" onClick={close}>×</button>
              <h2>Chosen passage</h2>
              <ul class="cards">
                {chosen.map((i, n) => (
                  <Card key={i} view={view} index={i} named go={go}>
                    {n === 0 && tools?.(view, i)}
                  </Card>
                ))}
              </ul>
            </section>
          )}
          <h2>Who said what</h2>
          <List view={view} go={go} />
        </aside>
      </div>
    </>
  );
}

function Head({ reading, actions }: { reading: Reading; actions: ComponentChildren }) {
  const { document: d } = reading;
  useTitle(d.title ?? d.id);
  const origin = [d.publisher, d.published && day(d.published)].filter((s) => s);
  return (
    <header class="head">
      {(origin.length > 0 || d.source) && (
        <p class="origin">
          {origin.join(" · ")}
          {origin.length > 0 && d.source && " · "}
          {d.source && <Source address={d.source} />}
        </p>
      )}
      <h1>{d.title ?? d.id}</h1>
      {reading.conversations.map((talk) => (
        <div key={talk.id}>
          <p class="talk">
            {withSides(talk.participants.map((id) => reading.entities.find((e) => e.id === id)).filter((e) => e !== undefined))}
          </p>
          <p class="how">{circumstances(reading, talk).join(" · ")}</p>
        </div>
      ))}
      <p class="totals">{totals(reading).join(" · ")}</p>
      {actions}
    </header>
  );
}

/** An address as a link, anything else as it stands: only the web's own schemes are followed. */
function Source({ address }: { address: string }) {
  return /^https?:\/\//.test(address) ? <a href={address} rel="noopener noreferrer">{address}</a> : <>{address}</>;
}

/** What the reading holds, one phrase each. */
function totals(reading: Reading): string[] {
  const all = reading.attributions;
  const inside = all.filter((a) => a.inside !== null).length;
  const unsure = all.filter(isUnsure).length;
  const { boilerplate, repairs } = reading.document;
  return [
    counted(all.length, "attribution") + (inside > 0 ? `, ${inside.toLocaleString("en")} inside others` : ""),
    unsure > 0 && `${unsure.toLocaleString("en")} unsure (?)`,
    boilerplate.length > 0 && counted(boilerplate.length, "passage marked as page litter", "passages marked as page litter"),
    repairs.length > 0 && counted(repairs.length, "repair"),
  ].filter((phrase) => phrase !== false);
}
