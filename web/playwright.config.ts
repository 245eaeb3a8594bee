import { defineConfig } from "@playwright/test";

// The real binary (SAYWHO, else the debug build) in the system's Chromium. One worker: one server, one store.
export default defineConfig({
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    screenshot: "only-on-failure",
  },
  outputDir: "/tmp/saywho-browser-tests",
  projects: [
    { name: "tests", testDir: "browser" },
    { name: "pictures", testDir: "pictures" },
    { name: "bench", testDir: "bench" },
  ],
});
