import { defineConfig } from "@playwright/test";

// Browser tests: the real binary (SAYWHO, else the debug build) in the system's Chromium. One worker: one server, one store.
export default defineConfig({
  testDir: "browser",
  workers: 1,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    screenshot: "only-on-failure",
  },
  outputDir: "/tmp/saywho-browser-tests",
});
