// Who gets quoted: named and unnamed, by side, role and speaker, over time. Each figure tells its denominator.
import { figures } from "../api";
import { Shown, useLoad } from "../load";
import { Bars, periodsOf, type Row } from "../plot";
import { address, visit, type Route } from "../route";
import type { Figures, Question, Share } from "../store";
import { counted } from "../words";

const FIELDS = ["q", "side", "publisher", "from", "to"] as const;

/** The page. */
export function Stats({ route }: { route: Route }) {
  const question: Question = {};
  for (const field of FIELDS) if (route.query.get(field)) question[field] = route.query.get(field)!;
  const key = JSON.stringify(question);
  const loaded = useLoad(key, () => figures(question));
  const ask = (event: Event) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    visit(address(["stats"], Object.fromEntries(FIELDS.map((f) => [f, String(given.get(f) ?? "").trim()]))));
  };
  return (
    <>
      <header class="head"><h1>Who gets quoted</h1></header>
      <form key={key} class="search" onSubmit={ask}>
        <label>On <input name="q" type="search" defaultValue={question.q ?? ""} /></label>
        <label>Side <input name="side" defaultValue={question.side ?? ""} /></label>
        <label>Publisher <input name="publisher" defaultValue={question.publisher ?? ""} /></label>
        <label>From <input name="from" type="date" defaultValue={question.from ?? ""} /></label>
        <label>To <input name="to" type="date" defaultValue={question.to ?? ""} /></label>
        <button>Show</button>
      </form>
      <Shown of={loaded}>{(f) => <Shares f={f} />}</Shown>
    </>
  );
}

function Shares({ f }: { f: Figures }) {
  return (
    <>
      <p class="note">
        {counted(f.attributions, "attribution")} with {counted(f.words, "word")} in {counted(f.documents, "document")}. What lies inside another
        attribution counts for both speakers.
      </p>
      <OverTime f={f} />
      <Table title="Named and unnamed" rows={f.named} none="no source" />
      <Table title="Sides" rows={f.side} none="side not known" />
      <Table title="Speakers" rows={f.speaker} none="not named" />
      <Table title="Roles" rows={f.role} none="no role told" />
    </>
  );
}

/** The most quoted sides, and named against unnamed sources, month by month. */
function OverTime({ f }: { f: Figures }) {
  const { periods, of } = periodsOf(f.months.map((m) => m.month));
  if (periods.length === 0) return null;
  const rows = new Map<string, Row>();
  const add = (name: string, month: string, count: number) => {
    const row = rows.get(name) ?? { name, counts: new Map<string, number>() };
    row.counts.set(of(month), (row.counts.get(of(month)) ?? 0) + count);
    rows.set(name, row);
  };
  for (const month of f.months) {
    for (const side of month.sides) if (side.name !== null) add(side.name, month.month, side.count);
  }
  const total = (row: Row) => [...row.counts.values()].reduce((a, b) => a + b, 0);
  const sides = [...rows.values()].sort((a, b) => total(b) - total(a)).slice(0, 10);
  rows.clear();
  for (const month of f.months) {
    add("named sources", month.month, month.named);
    add("unnamed sources", month.month, month.unnamed);
  }
  return (
    <>
      {sides.length > 0 && <Bars caption="Attributions by side over time" periods={periods} rows={sides} />}
      <Bars caption="Named and unnamed sources over time" periods={periods} rows={[...rows.values()]} />
    </>
  );
}

function Table({ title, rows, none }: { title: string; rows: Share[]; none: string }) {
  if (rows.length === 0) return null;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table class="list shares">
        <caption class="small-caps">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col" class="figure">Attributions of {rows[0]!.of.toLocaleString("en")}</th>
            <th scope="col" class="figure">Share</th>
            <th scope="col" class="figure">Words of {rows[0]!.of_words.toLocaleString("en")}</th>
            <th scope="col" class="figure">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 25).map((row, i) => (
            <tr key={i}>
              <th scope="row">{row.name ?? <span class="soft">{none}</span>}</th>
              <td class="figure">{row.count.toLocaleString("en")}</td>
              <td class="figure">{percent(row.share)}</td>
              <td class="figure">{row.words.toLocaleString("en")}</td>
              <td class="figure">{percent(row.share_words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
