/**
 * A SCIM service of foreign make (scimmy) on loopback, over lists in memory. Prints its origin as one line and lives until
 * its standard input closes.
 */

import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const TOKEN = "foreign-scim-token";

const users = Array.from({ length: 63 }, (_, index) => ({
  id: `u-${String(index).padStart(3, "0")}`,
  userName: `person${index}@example.com`,
  displayName: `Person ${index}`,
  active: index % 10 !== 9,
  emails: [{ value: `person${index}@example.com`, primary: true }],
}));

const groups = Array.from({ length: 47 }, (_, index) => ({
  id: `g-${String(index).padStart(3, "0")}`,
  displayName: index === 40 ? "dd-sre" : `team ${index}`,
  members: (index === 40 ? users.slice(5, 45) : index === 41 ? [] : users.slice(index, index + 2)).map((user) => ({
    value: user.id,
    display: user.displayName,
  })),
}));

/** One resource, or all; the library filters and pages. */
function reading(rows) {
  return (resource) => {
    if (resource.id === undefined) return rows;
    const found = rows.find(({ id }) => id === resource.id);
    if (!found) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
    return found;
  };
}

function neverWritten() {
  throw new SCIMMY.Types.Error(403, null, "This service is only read");
}

for (const [type, rows] of [
  [SCIMMY.Resources.User, users],
  [SCIMMY.Resources.Group, groups],
])
  SCIMMY.Resources.declare(type).ingress(neverWritten).egress(reading(rows)).degress(neverWritten);

const app = express();
const handler = (request) => {
  if (request.header("authorization") !== `Bearer ${TOKEN}`) throw new Error("Authorization not detected");
  return "reader";
};
app.use("/scim/v2", new SCIMMYRouters({ type: "bearer", handler }));
const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
