/** What an apply tells when guards stop it. */

import { expect, test } from "vitest";
import { refusalText } from "../../server/src/cli/applyTold.ts";

const refusals = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    guard: "lock/emptied",
    object: `role=R${index}`,
    message: `R${index} would be empty`,
    waiver: `lock/emptied:role=R${index}`,
  }));
const told = (index: number) => `R${index} would be empty (lifted by --allow lock/emptied:role=R${index})`;

test.each([
  ["few are named again", 2, true, `${told(0)}; ${told(1)}`],
  ["many stand above", 4, true, "guards refuse the plan 4 times; what, and what lifts it, stands above under Refused"],
  [
    "many that nobody has seen are listed",
    4,
    false,
    `guards refuse the plan\n  ${told(0)}\n  ${told(1)}\n  ${told(2)}\n  ${told(3)}`,
  ],
])("%s", (_, count, isShown, expected) => expect(refusalText(refusals(count), isShown)).toBe(expected));
