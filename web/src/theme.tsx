// Light or dark: as the system says until a person says otherwise.
import { useState } from "preact/hooks";

const NEXT: Record<string, string> = { auto: "light", light: "dark", dark: "auto" };

/** Applies the kept choice; called before anything is drawn. */
export function applyTheme(theme = localStorage.getItem("theme") ?? "auto"): string {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  return theme;
}

/** The switch. */
export function Theme() {
  const [theme, setTheme] = useState(() => applyTheme());
  const next = () => {
    const chosen = NEXT[theme] ?? "auto";
    localStorage.setItem("theme", chosen);
    setTheme(applyTheme(chosen));
  };
  return (
    <button type="button" class="theme" onClick={next} aria-label={`Colours: ${theme}. Change`}>
      {theme === "auto" ? "◐ auto" : theme === "light" ? "○ light" : "● dark"}
    </button>
  );
}
