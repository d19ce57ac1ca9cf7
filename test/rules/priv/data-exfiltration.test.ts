/** Ways out for data in many hands. */

import { testCrowdRule } from "../../support/crowd.ts";

testCrowdRule({
  rule: "priv/data-exfiltration",
  permission: "dashboards_public_share",
  words: "who can send data outside with dashboards_public_share. Move this to a role for those who publish",
});
