/** HCL as far as an import needs it: what is text is text, what is not is told with its line, and nothing is computed. */
/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its templates like that. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHcl } from "../../server/src/core/adopt/terraform/hcl.ts";
import type { ReadTerraform, Value } from "../../server/src/core/adopt/terraform/resources.ts";

const read = (text: string): ReadTerraform => readHcl({ file: "main.tf", folder: "/tf", text });

/** The value of `value` in a mapping that is written around it. */
function valueIn(written: string): Value | undefined {
  const { resources, unread } = read(`resource "datadog_authn_mapping" "a" {\n  value = ${written}\n  key = "k"\n}\n`);
  expect(unread).toEqual([]);
  expect(resources[0]?.values.get("key")).toEqual({ kind: "text", text: "k" });
  return resources[0]?.values.get("value");
}

const text = (plain: string): Value => ({ kind: "text", text: plain });
const reference = (written: string): Value => ({ kind: "reference", path: written.split("."), written, line: 2 });
const expression = (written: string): Value => ({ kind: "expression", written, line: 2 });

test.each<readonly [string, Value]>([
  ['"dd-sre"', text("dd-sre")],
  ['"dd-sre" # why', text("dd-sre")],
  ['"dd-sre" // why', text("dd-sre")],
  ['/* why */ "dd-sre" /* indeed */', expression('"dd-sre" /* indeed */')],
  [String.raw`"a \"b\" \\ \n \u00e9 \U0001f600"`, text('a "b" \\ \n é 😀')],
  [String.raw`"a \q"`, expression(String.raw`"a \q"`)],
  ['"# no comment"', text("# no comment")],
  ['"$${literal} %%{literal}"', text("${literal} %{literal}")],
  ["42", text("42")],
  ["true", text("true")],
  ["datadog_role.sre.id", reference("datadog_role.sre.id")],
  ["data.datadog_role.sre.id", reference("data.datadog_role.sre.id")],
  ['"${datadog_role.sre.id}"', reference("datadog_role.sre.id")],
  ['"${ datadog_role.sre.id }"', reference("datadog_role.sre.id")],
  ['"dd-${var.env}"', expression('"dd-${var.env}"')],
  ['"${lookup(local.x, "a}")}"', expression('"${lookup(local.x, "a}")}"')],
  ["each.value", reference("each.value")],
  ['datadog_role.all["sre"].id', expression('datadog_role.all["sre"].id')],
  ["datadog_role.all[each.key].id", expression("datadog_role.all[each.key].id")],
  ['var.is_prod ? "a" : "b"', expression('var.is_prod ? "a" : "b"')],
  ['lower(\n    "A" # }\n  )', expression('lower( "A" # } )')],
  ['<<-EOT\n  key = "x"\n  }\n  EOT', expression('<<-EOT key = "x" } EOT')],
  ['{ a = "}" }', expression('{ a = "}" }')],
  ['[for r in x : r.id if r.name == "y"]', expression('[for r in x : r.id if r.name == "y"]')],
])("value = %s", (written, expected) => {
  const found = valueIn(written);
  expect(found?.kind === "expression" ? { ...found, written: found.written.trim() } : found).toEqual(expected);
});

describe("blocks", () => {
  const names = (source: string) => read(source).resources.map(({ address, line }) => `${address}:${line}`);

  test.each([
    [
      "one line",
      'resource "datadog_role" "a" { name = "A" }\nresource "datadog_team" "b" {}\n',
      ["datadog_role.a:1", "datadog_team.b:2"],
    ],
    [
      "others are skipped, whatever they hold",
      'provider "x" {\n  s = "}"\n  t = <<A\n}\nA\n}\nmodule "m" { source = "./m" }\nresource "datadog_role" "a" {}\n',
      ["datadog_role.a:8"],
    ],
    [
      "inner blocks are skipped",
      'resource "datadog_role" "a" {\n  name = "A"\n  permission {\n    id = "p"\n  }\n  lifecycle { ignore_changes = [name] }\n}\n',
      ["datadog_role.a:1"],
    ],
    ["data", 'data "datadog_role" "a" {\n  filter = "A"\n}\n', ["data.datadog_role.a:1"]],
    ["line breaks of Windows", '# one\r\nresource "datadog_role" "a" {\r\n  name = "A"\r\n}\r\n', ["datadog_role.a:2"]],
    ["labels without quotes", "resource datadog_role a {}\n", ["datadog_role.a:1"]],
    ["empty", "", []],
    ["comments alone", '/* resource "datadog_role" "a" {} */\n# end', []],
    ["a byte order mark", '\uFEFFresource "datadog_role" "a" {}', ["datadog_role.a:1"]],
  ])("%s", (_, source, expected) => {
    expect(read(source).unread).toEqual([]);
    expect(names(source)).toEqual(expected);
  });

  test.each([
    ["a bracket too few", 'resource "datadog_role" "a" {}\nresource "datadog_role" "b" {\n  name = "B"\n'],
    ["a bracket too many", 'resource "datadog_role" "a" {}\n}\n'],
    ["brackets that cross", 'resource "datadog_role" "a" {}\nlocals { a = [(1]) }\n'],
    ["an open string", 'resource "datadog_role" "a" {}\nlocals {\n  a = "b\n}\n'],
    ["an open heredoc", 'resource "datadog_role" "a" {}\nlocals {\n  a = <<X\n}\n'],
    ["no HCL", 'resource "datadog_role" "a" {}\n%PDF-1.4\n'],
  ])("%s: what stands before is read, the rest is said", (_, source) => {
    expect(names(source)).toEqual(["datadog_role.a:1"]);
    expect(read(source).unread).toEqual(["main.tf was not read from line 2 on: it is not valid there"]);
  });
});

describe("hostile input", () => {
  test("any text is read or said, and never throws", () => {
    const pieces = fc.constantFrom(
      '"',
      "${",
      "}",
      "{",
      "[",
      "<<A\n",
      "A\n",
      "#",
      "/*",
      "*/",
      "\\",
      "\n",
      "resource ",
      '"datadog_role" ',
      "=",
      "x",
      ",",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { unread } = read(parts.join(""));
        expect(unread.length).toBeLessThan(2);
      }),
      { numRuns: 2000 },
    );
  });

  /** What is quadratic takes minutes at these sizes, and the limit of the test ends it. */
  test.each([
    ["brackets", "a = ".concat("[".repeat(500_000))],
    ["templates", 'a = "'.concat("${".repeat(500_000))],
    ["comments", "/*".repeat(500_000)],
    ["labels", 'resource "a" '.repeat(200_000)],
    ["a long string", `a = "${"x".repeat(2_000_000)}"`],
    ["heredocs that never end", "a = <<A\n".repeat(50_000)],
    ["blanks", " ".repeat(2_000_000)],
  ])("a megabyte of %s", (_, source) => {
    expect(() => read(source)).not.toThrow();
  });
});
