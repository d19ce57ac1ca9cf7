/** What journals of applies tell of who held a role or was in a team at a moment: before and after each write, nothing in between. */

import { indexBy } from "../model/maps.ts";
import { compareText } from "../model/order.ts";
import type { Instant } from "../model/time.ts";
import type { RecordedApply } from "../sync/journal/journal.ts";
import { type Sign, signsOf } from "../sync/journal/signs.ts";
import { renderPlace } from "../sync/render/words.ts";

/** Something an account held at the moment, as far as applies before and after it tell. */
export interface RecordedHolding {
  readonly accountId: string;
  /** As the journal names it. */
  readonly account: string;
  readonly kind: "role" | "team";
  readonly name: string;
  readonly id: string;
  /** The apply before the moment that gave it, or found it there. */
  readonly since?: Instant;
  /** The apply after the moment that still found it there. */
  readonly stillAt?: Instant;
  /** `dd-sre → SRE  access/platform.accessmap.yaml:12`, where the apply before the moment gave it. */
  readonly because?: string;
}

/** Of one organization. What nothing tells of at or before the moment, and only later, has no `since`. */
export function recordedAt(applies: readonly RecordedApply[], moment: Instant): readonly RecordedHolding[] {
  const signs = [...signsOf(applies)].sort((a, b) => compareText(a.at, b.at));
  const known = indexBy(signs, ({ account, kind, what }) => `${account.id} ${kind} ${what.id}`);
  return [...known.values()]
    .flatMap((own) => holdingAt(own, moment) ?? [])
    .sort((a, b) => compareText(`${a.account} ${a.name}`, `${b.account} ${b.name}`));
}

function holdingAt(signs: readonly Sign[], moment: Instant): RecordedHolding | undefined {
  const earlier = signs.findLast(({ at, after }) => at <= moment && after !== undefined);
  const later = signs.find(({ at, before }) => at > moment && before !== undefined);
  const [any] = signs;
  // An apply found it gone or took it: what somebody else did after that, before the moment, no journal tells.
  if (!any || (earlier ? earlier.after !== true : later?.before !== true)) return undefined;
  const { account, kind, what } = earlier ?? any;
  const given = earlier && givingOf(signs, earlier);
  return {
    accountId: account.id,
    account: account.name,
    kind,
    name: what.name,
    id: what.id,
    ...(given && { since: given.at }),
    ...(later?.before === true && { stillAt: later.at }),
    ...(given?.because && { because: `${given.because.text}${renderPlace(given.because)}` }),
  };
}

/** What gave the thing that an apply left: later applies that only kept it name no cause. */
function givingOf(signs: readonly Sign[], last: Sign): Sign {
  const known = signs.slice(0, signs.indexOf(last) + 1);
  const giving = known.findLast(({ before, because }) => because !== undefined || before !== true);
  return giving?.after === true ? giving : last;
}
