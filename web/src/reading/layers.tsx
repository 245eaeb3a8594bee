// The legend of the marks, which is also their switches.

/** The layers of marks; each has a class `show-LAYER` on the article and one of its own in the legend. */
export const LAYERS = ["source", "cue", "content", "nesting", "repairs", "litter"] as const;

const LOOKS: Record<string, string> = {
  source: "src", cue: "cue", content: "u l0 c0", nesting: "u l0 c0", repairs: "fix", litter: "litter",
};
const NAMES: Record<string, string> = { nesting: "content in content", litter: "page litter", repairs: "repair" };

/** One switch a layer. */
export function Layers({ shown, change }: { shown: string[]; change(shown: string[]): void }) {
  const toggle = (layer: string) =>
    change(shown.includes(layer) ? shown.filter((l) => l !== layer) : [...shown, layer]);
  return (
    <div class="layers text show-source show-cue show-content show-nesting show-repairs show-litter" role="group" aria-label="Layers of marks">
      {LAYERS.map((layer) => (
        <button key={layer} type="button" aria-pressed={shown.includes(layer)} onClick={() => toggle(layer)}>
          <span class={LOOKS[layer]}>
            {layer === "nesting" ? <span class="u l1 c0">{NAMES[layer]}</span> : (NAMES[layer] ?? layer)}
          </span>
        </button>
      ))}
    </div>
  );
}
