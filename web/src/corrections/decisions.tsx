// What was decided about a document, by whom and when, each with its way back.
import type { ReadingView } from "../reading/view";
import type { Correction } from "../store";
import { day } from "../words";

interface DecisionsProps {
  view: ReadingView;
  corrections: Correction[];
  undo(id: number): void;
}

/** The list; nothing where nothing was decided. */
export function Decisions({ view, corrections, undo }: DecisionsProps) {
  const standing = corrections.filter((c) => c.undone === null);
  if (standing.length === 0) return null;
  return (
    <section class="decisions" aria-labelledby="decisions">
      <h2 id="decisions" class="small-caps">Corrections</h2>
      <ul>
        {standing.map((c) => (
          <li key={c.id}>
            <span>{told(view, c)}</span>
            <span class="soft">
              {[c.who, day(c.when), !c.applied && "the text no longer holds the passage"].filter((s) => s).join(" · ")}
            </span>
            <button type="button" class="small" onClick={() => undo(c.id)} aria-label={`Undo: ${told(view, c)}`}>Undo</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A correction in words. */
function told(view: ReadingView, c: Correction): string {
  const number = (id: string) => (view.indexOf(id) === undefined ? id : String(view.indexOf(id)! + 1));
  const name = (id: string | number | null) =>
    view.reading.entities.find((e) => e.id === id || e.entity === id)?.name ?? (id === null ? "nobody" : `entity ${id}`);
  switch (c.kind) {
    case "speaker":
      return `${number(c.attribution)} is said by ${name(c.entity)}`;
    case "split":
      return `${c.attributions?.length ? `${c.attributions.map(number).join(", ")} is said by` : "somebody else:"} ${c.name}`;
    case "rename":
      return `called ${c.name}`;
    case "merge":
      return `one person or body: ${name(c.into)}`;
    case "span":
      return `${number(c.attribution)} has other words (${c.part})`;
    case "addressee":
      return `${number(c.attribution)} is said to ${name(c.entity)}`;
    case "act":
      return `${number(c.attribution)}: the act is “${c.act}”`;
    case "polarity":
      return `${number(c.attribution)} is ${c.polarity}`;
    case "reject":
      return `${c.attribution} is no attribution`;
    case "add":
      return `added: said by ${c.name ?? name(c.speaker ?? null)}`;
  }
}
