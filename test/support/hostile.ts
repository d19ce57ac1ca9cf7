/** Texts made to hurt whoever reads them, by what they do. Tests and the benchmark open them and type into them. */

const MEGABYTE = 1_000_000;
const DEEP = 10_000;

const bombLevels = Array.from({ length: 30 }, (_, i) => `b${i + 1}: &b${i + 1} [${`*b${i}, `.repeat(10)}]\n`);

export const HOSTILE: Readonly<Record<string, string>> = {
  "a plain scalar of 1 MB": `mappings:\n  - group: ${"x".repeat(MEGABYTE)}\n`,
  "a quoted scalar of 1 MB": `mappings:\n  - group: "${"\\u00e9 ".repeat(MEGABYTE / 7)}"\n`,
  "a quoted scalar of 1 MB that never ends": `mappings:\n  - group: "${"x\n    ".repeat(MEGABYTE / 6)}`,
  "a block scalar of 1 MB": `mappings:\n  - group: g\n    reason: |\n${"      some words\n".repeat(MEGABYTE / 17)}`,
  "a comment of 1 MB": `mappings: []\n# ${"key=".repeat(MEGABYTE / 4)}\n`,
  "a key of 1 MB": `${"k".repeat(MEGABYTE)}: 1\nmappings: []\n`,
  "1 MB of blank lines": `mappings:\n${"\n".repeat(MEGABYTE)}  - group: g\n`,
  "1 MB of spaces": `mappings:\n${" ".repeat(MEGABYTE)}- group: g\n`,
  "flow lists nested 10,000 deep": `mappings: ${"[".repeat(DEEP)}${"]".repeat(DEEP)}\n`,
  "flow maps that never end, 10,000 deep": `mappings: ${"{a: ".repeat(DEEP)}`,
  "block lists nested 10,000 deep": `mappings:\n${"- ".repeat(DEEP)}x\n`,
  "block maps nested 1,000 deep": Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
  "an alias bomb": `b0: &b0 [x]\n${bombLevels.join("")}mappings: *b30\n`,
  "20,000 aliases": `mappings:\n  - &a { group: x }\n${"  - *a\n".repeat(20_000)}`,
  "an anchor that holds itself": "mappings: &m\n  - *m\n  - group: { name: *m }\n",
  "10,000 equal keys": "a: 1\n".repeat(DEEP),
  "10,000 entries with something wrong in each": `mappings:\n${"  - { group: g, rols: [a], group: h }\n".repeat(DEEP)}`,
  "10,000 documents in one": "---\nmappings: []\n".repeat(DEEP),
  "control characters and lone surrogates": `mappings:\n  - group: "\u0000\u0001\u0085\u2028\ud800"\n    reason: \udfff\n`,
  "bytes of a picture read as text": Array.from({ length: 20_000 }, (_, i) =>
    String.fromCharCode((i * 7919) % 256),
  ).join(""),
};
