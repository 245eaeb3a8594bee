// Answers that take a while: loading, failing, and more of a list.
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { say } from "./live";
import type { Page } from "./store";

/** What has come of a question so far. */
export interface Loaded<T> {
  value: T | null;
  error: string | null;
  reload(): void;
}

/** Asks again whenever `key` changes; an answer that comes too late for its question is dropped. */
export function useLoad<T>(key: string, ask: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; value: T | null; error: string | null }>({ key, value: null, error: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    ask().then(
      (value) => current && setState({ key, value, error: null }),
      (e: unknown) => current && setState({ key, value: null, error: message(e) }),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { value: state.key === key ? state.value : null, error: state.key === key ? state.error : null, reload };
}

/** A list that grows on demand. */
export interface Growing<T, P extends Page<T> = Page<T>> {
  items: T[] | null;
  /** The first page, which may tell more than its items. */
  first: P | null;
  more: (() => void) | null;
  error: string | null;
  reload(): void;
}

interface State<T, P> {
  items: T[] | null;
  first: P | null;
  next: string | null;
  error: string | null;
}

/** Asks for the first page whenever `key` changes, and for the next ones when told. */
export function usePages<T, P extends Page<T> = Page<T>>(key: string, ask: (cursor: string | null) => Promise<P>): Growing<T, P> {
  const [state, setState] = useState<State<T, P>>({ items: null, first: null, next: null, error: null });
  const [round, setRound] = useState(0);
  const current = useRef("");
  const grow = (cursor: string | null, before: T[], first: P | null) => {
    const asked = (current.current = `${key} ${round} ${cursor}`);
    ask(cursor).then(
      (page) => {
        if (current.current !== asked) return;
        setState({ items: [...before, ...page.items], first: first ?? page, next: page.next, error: null });
        if (cursor) say(`${page.items.length} more`);
      },
      (e: unknown) => current.current === asked && setState({ items: before, first, next: null, error: message(e) }),
    );
  };
  useEffect(() => grow(null, [], null), [key, round]);
  const { items, first, next, error } = state;
  return { items, first, more: next && items ? () => grow(next, items, first) : null, error, reload: () => setRound((n) => n + 1) };
}

/** What went wrong, in words. */
export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The answer when it is there, what went wrong, or that it is coming. */
export function Shown<T>({ of, children }: { of: { value: T | null; error: string | null }; children(value: T): ComponentChildren }) {
  if (of.error) return <p class="message error" role="alert">{of.error}</p>;
  if (of.value === null) return <p class="soft" role="status">…</p>;
  return <>{children(of.value)}</>;
}

/** The button under a list that has more. */
export function More({ list }: { list: { more: (() => void) | null; error: string | null } }) {
  if (list.error) return <p class="message error" role="alert">{list.error}</p>;
  return list.more && <p class="more"><button type="button" onClick={list.more}>More</button></p>;
}
