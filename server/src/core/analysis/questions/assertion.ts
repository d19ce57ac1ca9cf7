/** What a SAML assertion says of a person: who, which attributes, and why it may be no good. Signatures are not checked. */

import { type Element, findElements, parseXml } from "../../syntax/xml.ts";

export interface Assertion {
  /** The NameID, which Datadog compares with the account's handle. */
  readonly subject: string | undefined;
  /** Values by attribute name, in order. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** Reasons why this answer leads to no login whatever it says. */
  readonly refusals: readonly string[];
}

/** Entra leaves the groups out above 150 and names a link instead. https://learn.microsoft.com/en-us/security/zero-trust/develop/configure-tokens-group-claims-app-roles (2026-09) */
const LEFT_OUT = /\/claims\/groups\.link$/;

/** Reads XML, or base64 as browsers post it (`SAMLResponse`, also with its name and escapes). `problem` is for people. */
export function readAssertion(text: string): Assertion | { readonly problem: string } {
  const xml = toXml(text.trim());
  if (/[\uFFFD\0]/.test(xml) || xml === "")
    return { problem: "This is no SAML answer that can be read: it is not UTF-8 text; copy it anew from the browser" };
  const root = parseXml(xml);
  if ("problem" in root) return { problem: `This is no SAML answer that can be read: ${root.problem}` };
  const [assertion, ...others] = findElements(root, "Assertion");
  const refusals = refusalsOf(root);
  if (!assertion) {
    if (findElements(root, "EncryptedAssertion").length > 0)
      return { problem: "The assertion is encrypted: paste it as the identity provider shows it before encryption" };
    if (refusals.length > 0) return { subject: undefined, attributes: new Map(), refusals };
    return { problem: "There is no Assertion in this text" };
  }
  if (others.length > 0) refusals.push("there is more than one assertion");
  const attributes = new Map<string, string[]>();
  for (const attribute of findElements(assertion, "Attribute")) {
    const name = attribute.attributes.get("Name") ?? "";
    const values = findElements(attribute, "AttributeValue").map((value) => value.text);
    attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
    if (LEFT_OUT.test(name))
      refusals.push("the identity provider left the groups out because there are too many (groups.link)");
  }
  const subject = findElements(assertion, "NameID")[0]?.text;
  if (!subject) refusals.push("it has no NameID, so Datadog does not know whom it means");
  return { subject, attributes, refusals };
}

function refusalsOf(root: Element): string[] {
  const codes = findElements(root, "StatusCode").map((code) => code.attributes.get("Value") ?? "");
  const failed = codes.filter((code) => !code.endsWith(":status:Success"));
  const [why] = findElements(root, "StatusMessage");
  return failed.length === 0
    ? []
    : [`the identity provider refused: ${[...failed, why?.text ?? ""].filter(Boolean).join(", ")}`];
}

/** Base64 is decoded here because the core knows neither Node nor a browser. What is not base64 stays, to be refused as XML. */
function toXml(text: string): string {
  if (text.startsWith("<") || text.length > LONGEST) return text;
  const digits = text
    .replace(/^SAMLResponse=/, "")
    .replace(/&.*$/s, "")
    .replace(/%2B/gi, "+")
    .replace(/%2F/gi, "/")
    .replace(/%3D/gi, "=")
    .replace(/\s|=+$/g, "");
  if (!/^[A-Za-z0-9+/]+$/.test(digits)) return text;
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const digit of digits) {
    bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xff_ff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return fromUtf8(bytes);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LONGEST = 1_400_000;

function fromUtf8(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch {
    return "";
  }
}
