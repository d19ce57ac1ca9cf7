/**
 * Stands in for the editor's writer of log files (@vscode/spdlog), which needs a compiler to install. Without any, the
 * log of an extension stays empty.
 */

const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const LEVELS = { trace: "trace", debug: "debug", info: "info", warn: "warning", error: "error", critical: "critical" };

async function createLogger(_name, file) {
  let isBare = false;
  mkdirSync(dirname(file), { recursive: true });
  const write = (level) => (text) => {
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(file, isBare ? text : `${time} [${level}] ${text}\n`);
  };
  return {
    ...Object.fromEntries(Object.entries(LEVELS).map(([name, level]) => [name, write(level)])),
    // The editor asks for text as it comes, or for this very pattern.
    clearFormatters: () => (isBare = true),
    setPattern() {},
    getLevel: () => 0,
    setLevel() {},
    flush() {},
    drop() {},
  };
}

// One by one: only so does an import find them by name.
exports.setLevel = exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
