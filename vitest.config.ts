import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

/** What tests the pure core: it holds no state, so its tests may share what they load, which takes a quarter of the time. */
const CORE = ["adopt", "analysis", "audit", "features", "model", "rules", "sync", "syntax"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  // There is no editor here; what the extension's pure pieces need of it is made for the tests.
  resolve: { alias: { vscode: resolve(import.meta.dirname, "test/client/vscode.ts") } },
  test: {
    // The default leaves one core to others, which is half of a machine with two (vitest 4.1).
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "core", include: CORE, isolate: false, setupFiles: "test/support/duties.setup.ts" },
      },
      {
        extends: true,
        test: {
          name: "shells",
          include: ["test/**/*.test.ts"],
          exclude: [...CORE, "test/contract/**", "test/editor/**", "node_modules/**"],
        },
      },
    ],
  },
});
