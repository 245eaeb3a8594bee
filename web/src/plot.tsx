// Counts over time as rows of small bars on one scale: readable without colour, and as a table for screen readers.

/** One row: a name and its counts by period. */
export interface Row {
  name: string;
  href?: string;
  note?: string | null;
  counts: Map<string, number>;
}

/** The rows; `periods` are all periods in order, also those in which nothing was counted. */
export function Bars({ caption, rows, periods }: { caption: string; rows: Row[]; periods: string[] }) {
  const most = Math.max(1, ...rows.flatMap((r) => [...r.counts.values()]));
  const total = (row: Row) => [...row.counts.values()].reduce((a, b) => a + b, 0);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="bars">
        <caption>{caption}</caption>
        <thead class="hidden">
          <tr><th scope="col">Name</th><th scope="col">Over time</th><th scope="col">All</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {row.href ? <a href={row.href}>{row.name}</a> : row.name}
                {row.note && <span class="soft"> {row.note}</span>}
              </th>
              <td class="plot">
                <svg viewBox={`0 0 ${periods.length} 1`} preserveAspectRatio="none" role="img" aria-label={told(row, periods)}>
                  {periods.map((period, i) => {
                    const height = (row.counts.get(period) ?? 0) / most;
                    return <rect key={period} x={i + 0.1} width={0.8} y={1 - height} height={height}><title>{`${period}: ${row.counts.get(period) ?? 0}`}</title></rect>;
                  })}
                </svg>
              </td>
              <td class="figure">{total(row).toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
        {periods.length > 0 && (
          <tfoot aria-hidden="true">
            <tr>
              <td />
              <td class="axis"><span>{periods[0]}</span>{periods.length > 1 && <span>{periods.at(-1)}</span>}</td>
              <td class="figure soft">at most {most.toLocaleString("en")}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function told(row: Row, periods: string[]): string {
  const counted = periods.filter((p) => row.counts.get(p));
  if (counted.length === 0) return "none";
  return counted.slice(0, 24).map((p) => `${p}: ${row.counts.get(p)}`).join(", ");
}

/** All months from the first to the last, so that the axis has no holes, a year at least; beyond 120 months, years. */
export function periodsOf(days: string[]): { periods: string[]; of(day: string): string } {
  const months = days.map((d) => d.slice(0, 7)).filter((m) => /^\d{4}-\d\d$/.test(m)).sort();
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return { periods: [], of: (d) => d };
  const index = (m: string) => Number(m.slice(0, 4)) * 12 + Number(m.slice(5)) - 1;
  if (index(last) - index(first) >= 120) {
    const [start, end] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
    return { periods: Array.from({ length: end - start + 1 }, (_, i) => String(start + i)), of: (d) => d.slice(0, 4) };
  }
  // A year at least, so that one month is not a block as wide as the page.
  const from = Math.min(index(first), index(last) - 11);
  const periods = Array.from({ length: index(last) - from + 1 }, (_, i) => {
    const at = from + i;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
  return { periods, of: (d) => d.slice(0, 7) };
}
