/** What package.json tells the editor of the tools for language models is what the tools are. */

import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { inputSchemaOf, TOOLS } from "../../server/src/core/analysis/questions/tools.ts";

test("each tool is declared with its own words and parameters", () => {
  const declared = manifest.contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => {
    return { name, modelDescription, inputSchema };
  });
  const expected = Object.entries(TOOLS).map(([name, tool]) => {
    return { name: `accessmap_${name}`, modelDescription: `${tool.description}.`, inputSchema: inputSchemaOf(tool) };
  });
  expect(declared).toEqual(expected);
});
