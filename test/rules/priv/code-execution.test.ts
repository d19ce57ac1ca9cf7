/** Other systems in many hands. */

import { testCrowdRule } from "../../support/crowd.ts";

testCrowdRule({
  rule: "priv/code-execution",
  permission: "workflows_run",
  words: "who can act on hosts or other systems with workflows_run. Move this to a role for those who automate",
});
