// Addresses: everything behind the "#", so that the server serves one page and knows no routes.
import { useEffect, useState } from "preact/hooks";

/** A place in the page: the parts of its path and its questions. */
export interface Route {
  parts: string[];
  query: URLSearchParams;
}

/** The route that an address's hash names. */
export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { parts: path.split("/").filter((p) => p !== "").map(decode), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place; what is empty is left out. */
export function address(parts: (string | number)[], query: Record<string, string | null | undefined> = {}): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) asked.set(key, value);
  const tail = asked.size > 0 ? `?${asked}` : "";
  return `#/${parts.map((p) => encodeURIComponent(p)).join("/")}${tail}`;
}

/** Goes to a place as a link would. */
export function visit(to: string): void {
  location.hash = to;
}

/** Names another place of the same page in the address without a new entry in the history. */
export function rename(to: string): void {
  history.replaceState(null, "", to);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Names the page in the browser's title. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = `${words} – saywho`;
  }, [words]);
}

/** The place where the page is. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const onChange = () => setRoute(parse(location.hash));
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return route;
}
