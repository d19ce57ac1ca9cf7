import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // There is no editor here; what the extension's pure pieces need of it is made for the tests.
  resolve: { alias: { vscode: resolve(import.meta.dirname, "test/client/vscode.ts") } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/contract/**", "test/editor/**", "node_modules/**"],
    setupFiles: "test/support/duties.setup.ts",
    // Modules hold no state, so test files may share what they load: a third of the work.
    isolate: false,
    // The default leaves one core to others, which is half of a machine with two (vitest 4.1).
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
