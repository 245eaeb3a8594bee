// A conversation's issues by side as a picture: for each relation how many issues, for each side how many it raises.
import type { Comparison } from "../types";
import { counted } from "../words";
import { relationClass, sideOf, sides } from "./matrix";

const ORDER = ["contradict", "differ", "same", "only", "not"];

/** A relation by its class. */
function named(relation: string): string {
  return relation === "not" ? "not compared" : relation;
}

/** One bar of all issues, and one of each side: how much of what was told is told by both. */
export function Balance({ comparison }: { comparison: Comparison }) {
  const all = comparison.issues.length;
  const byId = new Map(comparison.claims.map((c) => [c.id, c]));
  const raised = sides(comparison).map((side) => {
    const rows = comparison.issues.filter((row) => row.claims.some((id) => byId.has(id) && sideOf(byId.get(id)!) === side));
    return { side, rows };
  });
  return (
    <figure class="balance">
      <figcaption>Issues by side, of {counted(all, "issue")} in these documents</figcaption>
      {raised.map(({ side, rows }) => {
        let x = 0;
        const parts = ORDER.map((relation) => ({ relation, n: rows.filter((r) => relationClass(r.relation) === relation).length }));
        return (
          <div key={side} class="balance-row">
            <span class="balance-side">{side}</span>
            <svg viewBox={`0 0 ${all} 1`} preserveAspectRatio="none" role="img" aria-label={`${side}: ${parts.filter((p) => p.n).map((p) => `${p.n} ${named(p.relation)}`).join(", ")}`}>
              <rect width={all} height="1" class="ground" />
              {parts.map(({ relation, n }) => <rect key={relation} x={(x += n) - n} width={n} height="1" class={relation} />)}
            </svg>
            <span class="soft">{rows.length}: {parts.filter((p) => p.n > 0).map((p) => `${p.n} ${named(p.relation)}`).join(", ")}</span>
          </div>
        );
      })}
    </figure>
  );
}
