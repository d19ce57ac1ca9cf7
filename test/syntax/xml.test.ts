/** The XML reader takes what an identity provider sends and refuses everything else, in bounded time. */

import { expect, test } from "vitest";
import { type Element, findElements, parseXml } from "../../server/src/core/syntax/xml.ts";

/** `name[attribute=value](text, child…)`. */
function short({ name, attributes, children, text }: Element): string {
  const own = [...attributes].map(([key, value]) => `${key}=${value}`).join(" ");
  const inner = [...(text === "" ? [] : [text]), ...children.map(short)];
  return `${name}${own === "" ? "" : `[${own}]`}${inner.length === 0 ? "" : `(${inner.join(", ")})`}`;
}

test.each([
  ["<a/>", "a"],
  ["\uFEFF<?xml version='1.0' encoding='UTF-8'?>\n<!-- hello --><a><b/></a> ", "a(b)"],
  ['<p:a xmlns:p="u" x="1" y=\'2 "q"\'>one<p:b>two</p:b> three</p:a>', 'a[p=u x=1 y=2 "q"](one three, b(two))'],
  ["<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a>", "a(<&>\"'AB)"],
  ["<a><![CDATA[<b>&x;</b>]]></a>", "a(<b>&x;</b>)"],
  ["<a>dd-<!-- no end of it -->ops</a>", "a(dd-ops)"],
])("reads %s", (text, expected) => {
  const root = parseXml(text);
  expect("problem" in root ? root.problem : short(root)).toBe(expected);
});

test.each([
  ["", "an element was expected (line 1)"],
  ["hello", "an element was expected (line 1)"],
  ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document types and declarations are refused (line 1)"],
  ["<a>&x;</a>", "an entity is not one of XML's own (line 1)"],
  ["<a>& </a>", "an entity is not one of XML's own (line 1)"],
  ["<a>&#0;</a>", "an entity is not one of XML's own (line 1)"],
  ["<a>&#x110000;</a>", "an entity is not one of XML's own (line 1)"],
  ["<a><?php x ?></a>", "processing instructions are refused (line 1)"],
  ["<a>\n<b></a>", "<b> is closed by something else (line 2)"],
  ["<a>", "<a> has no end (line 1)"],
  ["<a/><b/>", "something follows the last element (line 1)"],
  ["<a x=1/>", "<a> is not closed properly (line 1)"],
  ["<a><!-- ", '"-->" is missing (line 1)'],
  ["<a>".repeat(100), "elements are nested too deeply (line 1)"],
  [`<a>${" ".repeat(1_000_000)}</a>`, "the text is too long to be an answer of an identity provider"],
])("refuses %#", (text, problem) => {
  expect(parseXml(text)).toEqual({ problem });
});

/** What is quadratic takes minutes at these sizes, and the limit of the test ends it. */
test("a long hostile text takes no longer than its length deserves", () => {
  for (const text of [`<a ${"x ".repeat(300_000)}`, `<a>${"&".repeat(900_000)}</a>`, `<a${" ".repeat(900_000)}`])
    expect(parseXml(text)).toHaveProperty("problem");
});

test("finds elements by name at any depth", () => {
  const root = parseXml("<a><b>1</b><c><b>2</b></c></a>");
  expect("problem" in root ? [] : findElements(root, "b").map(({ text }) => text)).toEqual(["1", "2"]);
});
