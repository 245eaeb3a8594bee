import { defineConfig } from "vite";

// The build is committed under crates/saywho-server/assets and embedded in the binary: plain names, no hashes, no inline code.
export default defineConfig({
  base: "/",
  build: {
    outDir: "../crates/saywho-server/assets",
    emptyOutDir: true,
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: false,
    rollupOptions: {
      output: { entryFileNames: "app.js", assetFileNames: "app.[ext]", chunkFileNames: "[name].js" },
    },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8080", "/health": "http://127.0.0.1:8080" } },
});
