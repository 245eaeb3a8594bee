// A field that narrows a list; it asks when a person stops typing.
import { useEffect, useState } from "preact/hooks";

/** The field. */
export function Filter({ label, change }: { label: string; change(words: string): void }) {
  const [now, setNow] = useState("");
  useEffect(() => {
    const wait = setTimeout(() => change(now.trim()), 250);
    return () => clearTimeout(wait);
  }, [now]);
  return (
    <p class="filter">
      <label>{label} <input type="search" value={now} onInput={(e) => setNow(e.currentTarget.value)} /></label>
    </p>
  );
}
