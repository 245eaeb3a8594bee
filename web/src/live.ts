// What screen readers are told: one polite live region for the whole page.

/** Says words to those who listen to the page. */
export function say(words: string): void {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = words));
}
