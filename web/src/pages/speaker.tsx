// One speaker: what is known of them, and what they said over time, changed wording marked.
import { changes } from "../changed";
import { speaker } from "../api";
import { Shown, useLoad } from "../load";
import { Bars, periodsOf } from "../plot";
import { address, useTitle, visit, type Route } from "../route";
import type { Count, Moment, SpeakerPage } from "../store";
import { counted, day, heading } from "../words";
import { HitItem } from "./hit";

/** The page. */
export function Speaker({ route }: { route: Route }) {
  const id = route.parts[1] ?? "";
  const issue = route.query.get("issue") ?? "";
  const loaded = useLoad(`${id} ${issue}`, () => speaker(id, issue));
  const ask = (event: Event) => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem("issue") as HTMLInputElement;
    visit(address(["speaker", id], { issue: field.value.trim() }));
  };
  return (
    <Shown of={loaded}>
      {(who) => (
        <>
          <Head who={who} />
          <form class="search" onSubmit={ask}>
            <label>On <input name="issue" type="search" defaultValue={issue} placeholder="fishing, quota" /></label>
            <button>Show</button>
          </form>
          <Activity who={who} />
          <Timeline moments={who.timeline} />
        </>
      )}
    </Shown>
  );
}

function Head({ who }: { who: SpeakerPage }) {
  useTitle(heading(who));
  const span = [who.first, who.last].filter((d) => d !== null).map(day);
  return (
    <header class="head">
      <p class="origin">{[who.kind, who.side].filter((s) => s).join(" · ")}</p>
      <h1>{heading(who)}</h1>
      {who.roles.length > 0 && <p>{names(who.roles)}</p>}
      {who.names.length > 1 && <p class="soft">also: {names(who.names.filter((n) => n.name !== who.name))}</p>}
      <p class="totals">
        {counted(who.attributions, "attribution")} in {counted(who.documents, "document")}
        {span.length > 0 && ` · ${[...new Set(span)].join(" to ")}`}
      </p>
      <p><a href={address(["search"], { speaker: who.name })}>Search what they said</a></p>
    </header>
  );
}

function names(counts: Count[]): string {
  return counts.slice(0, 6).map((c) => c.name).join(", ");
}

/** How often they speak, month by month; one month alone is no picture. */
function Activity({ who }: { who: SpeakerPage }) {
  const days = who.timeline.map((m) => m.date).filter((d) => d !== null);
  const { periods, of } = periodsOf(days);
  if (periods.length < 2) return null;
  const counts = new Map<string, number>();
  for (const d of days) counts.set(of(d), (counts.get(of(d)) ?? 0) + 1);
  return <Bars caption="Positions over time" periods={periods} rows={[{ name: heading(who), counts }]} />;
}

function Timeline({ moments }: { moments: Moment[] }) {
  const byDay = Map.groupBy(moments, (m) => m.date ?? "");
  if (moments.length === 0) return <p>Nothing said on this.</p>;
  return (
    <ol class="timeline">
      {[...byDay].map(([date, all]) => (
        <li key={date}>
          <h2>{date ? day(date) : "without a date"}</h2>
          <ul class="hits">
            {all.map((moment) => (
              <HitItem key={moment.attribution.id} hit={moment.attribution} named={false}>
                <Wording moment={moment} />
              </HitItem>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** How a position stands to what they said before. */
function Wording({ moment }: { moment: Moment }) {
  if (moment.wording === "repeated") return <p class="facts">in words used before</p>;
  if (moment.wording !== "changed" || !moment.before) return null;
  return (
    <details>
      <summary class="changed">changed wording{moment.before.date && ` since ${day(moment.before.date)}`}</summary>
      <p class="words">
        {changes(moment.before.content, moment.attribution.content).map((part, i) =>
          part.kind === "same" ? `${part.words} ` : part.kind === "gone" ? <><del key={i}>{part.words}</del> </> : <><ins key={i}>{part.words}</ins> </>)}
      </p>
    </details>
  );
}
