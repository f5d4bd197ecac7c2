import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { frozenPrototypes } from "./build/frozen.ts";
import { wordsChecked } from "./build/words.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [wordsChecked(here(".")), frozenPrototypes(), svelte()],
  resolve: {
    alias: {
      $src: here("./src"),
      $domain: here("../crates/domain/words"),
    },
  },
  server: { fs: { allow: [here("."), here("../crates/domain/words")] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // Only the charts exceed the usual size, and they load when first shown.
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["src/tests/**/*.test.ts"], environment: "node" },
});
