// The real binary with an empty store, for one file of tests.
import { test as base } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SAYWHO = process.env["SAYWHO"] ?? "../target/debug/saywho";

/** A running server: where it answers, and how it ends. */
export interface Server {
  url: string;
  stop(): void;
}

/** Starts `saywho serve` on a free port, with a database of its own or the one in SAYWHO_DB, and waits until it answers. */
export async function serve(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "saywho-web-"));
  const db = process.env["SAYWHO_DB"] ?? join(folder, "case.db");
  const port = await freePort();
  const child = spawn(SAYWHO, ["serve", "--db", db, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "inherit", "inherit"] });
  let ended: string | null = null;
  child.on("error", (e) => (ended = `cannot start ${SAYWHO}: ${e.message}`));
  child.on("exit", (code) => (ended ??= `${SAYWHO} serve ended with ${code}`));
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    if (ended) throw new Error(ended);
    if (tries > 300) throw new Error(`${SAYWHO} serve does not answer on ${url}`);
    const answer = await fetch(`${url}health`).catch(() => null);
    if (answer?.ok) break;
    await new Promise((r) => setTimeout(r, 100));
  }
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

/** Tests of one `store` share a server; `home` is its page. What a page logs as an error fails its test. */
export const test = base.extend<{ quiet: void }, { store: string; home: string }>({
  store: ["shared", { option: true, scope: "worker" }],
  home: [
    async ({ store: _ }, use) => {
      const server = await serve();
      await use(server.url);
      server.stop();
    },
    { scope: "worker" },
  ],
  quiet: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (e) => errors.push(e.message));
      page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
      await use();
      if (errors.length > 0) throw new Error(`the page says: ${errors.join("; ")}`);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
