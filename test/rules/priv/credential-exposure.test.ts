/** Stored secrets in many hands. */

import { testCrowdRule } from "../../support/crowd.ts";

testCrowdRule({
  rule: "priv/credential-exposure",
  permission: "api_keys_read",
  words: "who can get at stored secrets with api_keys_read. Move this to a role for those who manage keys",
});
