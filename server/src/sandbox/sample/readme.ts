/** The sample's README. */

export const README = `# Access of Acme

Which Okta groups hold which Datadog roles and teams. This is a sample: it belongs to the company that
\`accessmap sandbox\` serves on this machine, and nothing in it reaches the internet.

| File | What it says |
|---|---|
| \`accessmap.yaml\` | where Okta and Datadog are, and what is allowed |
| \`access/*.accessmap.yaml\` | group by group: roles, teams, reason, end |
| \`accessmap.lock\` | stable ids, and which roles and teams this repository manages |

## Try

1. Open \`access/platform.accessmap.yaml\` and look at \`dd-engineering\`: hover over the group, then over \`Platform Admin\`.
2. Correct the group that does not exist in \`access/product.accessmap.yaml\`; the fix is offered.
3. Ask for a dry run. Read who gains and who loses what, and through which mapping.
4. Push it, then ask for a dry run again.
5. Take \`Platform Admin\` from \`dd-engineering\` and dry-run once more: the push is refused until you name what it may remove.
`;
