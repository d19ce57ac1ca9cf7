/**
 * What `--help` of each verb ends with: commands to copy, and what its exit code tells. A test runs every example's arguments.
 * Long because it is one table.
 */

import { wrap } from "../../core/model/columns.ts";
import { EXIT, EXIT_MEANING } from "../support/exit.ts";

type Code = keyof typeof EXIT;

interface Help {
  /** A command line without `accessmap`, and what it is for. */
  readonly examples: readonly (readonly [string, string])[];
  /** What it ends with besides 0 and 2, which every verb has. */
  readonly codes?: readonly Code[];
  /** What one of them tells of this verb, where that can be said more closely. */
  readonly means?: Readonly<Partial<Record<Code, string>>>;
}

const CHECKED = { findings: "with --check: something would change" } as const;
const DECLINED = "whoever was asked did not say yes";

/** By the words after `accessmap`. */
export const HELP: Readonly<Record<string, Help>> = {
  init: {
    examples: [
      ["init", "ask for what is needed, and write the first files here"],
      ["init access --okta acme.okta.com --site datadoghq.eu --yes", "ask nothing"],
    ],
  },
  import: {
    examples: [
      ["import --check", "show what would be written of what is live"],
      ["import --from infra/datadog --no-live", "take over what Terraform manages"],
    ],
    codes: ["findings", "live", "refused"],
    means: { ...CHECKED, refused: "the keys are of another organization" },
  },
  diff: {
    examples: [["diff staging prod", "what staging gives and prod does not"]],
    codes: ["live", "pending"],
    means: { pending: "with --detailed-exitcode: they differ" },
  },
  promote: {
    examples: [["promote staging prod", "write it into the files of prod, after a look"]],
    codes: ["findings", "live", "refused"],
    means: { ...CHECKED, refused: DECLINED },
  },
  check: {
    examples: [
      ["check", "everything, against live groups, roles and teams"],
      ["check --no-live access", "the files alone; show those of one folder"],
      ["check --changed", "only what this branch brings"],
      ["check --format github --also sarif=accessmap.sarif", "annotations, and a file for code scanning"],
      ["check --write-baseline", "from now on only new findings count"],
    ],
    codes: ["findings", "live"],
    means: {
      clean: "nothing at or above --fail-on",
      findings: "a finding at or above --fail-on",
      live: "with --require-live: a system could not be read",
    },
  },
  fix: {
    examples: [
      ["fix", "apply all safe fixes"],
      ["fix --check --rule hyg/duplicate", "show what would change for one rule"],
    ],
    codes: ["findings"],
    means: CHECKED,
  },
  format: {
    examples: [
      ["format", "all files of the project"],
      ["format --check", "fail where a file is not formatted"],
    ],
    codes: ["findings"],
    means: CHECKED,
  },
  test: {
    examples: [
      ["test", "judge every claim of every expect: block"],
      ["test --mutate", "find access that no claim watches over"],
      ["test --format junit --output access-tests.xml", "for a CI server"],
    ],
    codes: ["findings", "live"],
    means: {
      clean: "no claim fails",
      findings: "a claim fails",
      live: "with --require-live: a claim could not be proven",
    },
  },
  rule: {
    examples: [
      ["rule", "list all rules"],
      ["rule priv/destructive", "why a finding is one, and what to do"],
    ],
  },
  plan: {
    examples: [
      ["plan", "who would gain and lose what"],
      ["plan --out plan.json", "save it, for `accessmap apply plan.json`"],
      ["plan --format markdown --output plan.md", "for a pull request"],
      ["plan --detailed-exitcode", "tell by the exit code whether anything would change"],
    ],
    codes: ["live", "pending", "refused"],
    means: {
      clean: "a plan was made, whatever it would change",
      pending: "with --detailed-exitcode: something would change",
      refused: "guards refuse the plan, or the keys are of another organization",
    },
  },
  comment: {
    examples: [["comment plan.md", "in a job of GitHub Actions with GITHUB_TOKEN, or of GitLab with GITLAB_TOKEN"]],
    codes: ["live"],
    means: { live: "the comment could not be written" },
  },
  apply: {
    examples: [
      ["apply", "show a fresh plan, ask, and push it"],
      ["apply plan.json --yes", "push exactly this plan, without asking"],
      ["apply --reviewed plan.json --yes", "push only if a fresh plan is this very one"],
      ["apply --allow lock/mass-removal:role=SRE", "lift one guard for one object"],
      ["apply --resume", "finish what was interrupted"],
    ],
    codes: ["live", "refused", "partly"],
    means: {
      clean: "all is done, or there was nothing to do",
      refused:
        "nothing was written: a guard, another apply or a plan that is not the reviewed one stands against it, or nobody said yes",
    },
  },
  undo: {
    examples: [
      ["undo", "show the reverse of the last apply, ask, and push it"],
      ["undo .accessmap/journal/20260131T020500000Z-prod-1a2b3c4d.jsonl", "the reverse of an earlier one"],
      ["undo --out undo.json", "save it for a review"],
    ],
    codes: ["live", "refused", "partly"],
    means: {
      clean: "all is taken back, or there was nothing to take back",
      refused: "nothing was written: a guard or another apply stands against it, or nobody said yes",
    },
  },
  drift: {
    examples: [
      ["drift", "what others changed in Datadog since the last apply"],
      ["drift --format markdown --output drift.md", "for a ticket"],
    ],
    codes: ["live", "pending", "refused"],
    means: {
      clean: "Datadog is as the files want it",
      pending: "Datadog differs",
      refused: "the keys are of another organization",
    },
  },
  show: { examples: [["show dd-sre", "who is in it, and what they can do"]], codes: ["live"] },
  "who-can": { examples: [["who-can logs_delete_data", "who, through which group and role"]], codes: ["live"] },
  explain: {
    examples: [["explain ana.novakova@acme.com", "groups, roles, permissions and where each comes from"]],
    codes: ["live"],
  },
  escalation: {
    examples: [
      ["escalation", "all groups, and what ends every way"],
      ["escalation dd-platform-leads", "one group"],
    ],
    codes: ["live"],
  },
  "what-if": {
    examples: [
      ["what-if --person beata.kallendor@acme.com --joins dd-sre", "what she would gain"],
      ["what-if --group dd-sre --loses SRE", "who would lose what"],
    ],
    codes: ["live"],
  },
  login: {
    examples: [
      ["login --person ana.novakova@acme.com", "by what the directory says of her"],
      ["login response.xml", "by a SAML response"],
    ],
    codes: ["live"],
  },
  credentials: {
    examples: [
      ["credentials", "keys and tokens, the worst first"],
      ["credentials --format csv --output credentials.csv", "for a spreadsheet"],
    ],
    codes: ["findings", "live"],
    means: {
      clean: "nothing speaks against any that was read",
      findings: "something speaks against one",
      live: "none could be read",
    },
  },
  offboarding: {
    examples: [
      ["offboarding", "what is still open of people who left"],
      ["offboarding --person mats.ekdal@acme.com", "prove it for one"],
    ],
    codes: ["findings", "live"],
    means: { clean: "all is closed", findings: "something is still open", live: "whether all is closed is not known" },
  },
  history: {
    examples: [
      ["history logs_delete_data --on 2026-01-31", "who could do it on that day, and why"],
      ["history dd-sre --on 2026-01-31", "what a group gave, and whom of it applies gave it"],
      ["history ana.novakova@acme.com --on 2026-01-31 --format markdown --output ana.md", "for an auditor"],
    ],
    codes: ["live"],
  },
  record: { examples: [["record verify", "whether the record is whole"]] },
  "record verify": {
    examples: [
      ["record verify", "find what was changed, taken out or cut off"],
      ["record verify --head 0f5cb5d27f6c", "and whether it still holds what a log once told"],
    ],
    codes: ["findings"],
    means: { clean: "the record is whole", findings: "something was changed, taken out, moved or cut off" },
  },
  export: { examples: [["export hoop --out hoop.tf.json", "for hoop.dev"]] },
  "export hoop": { examples: [["export hoop --out hoop.tf.json", "for `terraform apply`"]], codes: ["live"] },
  lock: {
    examples: [
      ["lock", "pin ids and what this repository manages"],
      ["lock --adopt prod", "from now on a push may also remove"],
    ],
    codes: ["live"],
  },
  review: {
    examples: [
      ["review", "what changed in roles and groups since the last look"],
      ["review --yes", "record that you have looked"],
    ],
    codes: ["live", "refused"],
    means: { refused: DECLINED },
  },
  "review pack": {
    examples: [["review pack", "files to decide in, for every reviewer"]],
    codes: ["live"],
  },
  "review read": {
    examples: [["review read platform.csv", "take the decisions into the mapping files"]],
    codes: ["findings", "refused"],
    means: { ...CHECKED, refused: "a decision cannot be taken in, or nobody said yes" },
  },
  snapshot: { examples: [["snapshot", "write accessmap.snapshot.json, to be committed"]], codes: ["live"] },
  purge: { examples: [["purge", "forget what earlier runs read"]] },
  sandbox: {
    examples: [
      ["sandbox --write-sample sample", "a project to try things on"],
      ["sandbox", "the company that it belongs to; ends with Ctrl+C"],
    ],
  },
  mcp: { examples: [["mcp --project access", "what an assistant's configuration starts"]] },
  lsp: { examples: [["lsp --stdio", "what an editor starts"]] },
  completion: {
    examples: [
      ["completion bash > ~/.local/share/bash-completion/completions/accessmap", "bash"],
      ["completion zsh > ~/.zfunc/_accessmap", "zsh, with ~/.zfunc in fpath"],
      ["completion fish > ~/.config/fish/completions/accessmap.fish", "fish"],
    ],
  },
};

/** The end of a verb's help, or nothing for a verb that is not in the table. `isLive` if it takes credentials. */
export function helpOf(verb: string, isLive: boolean): string {
  const help = HELP[verb];
  if (!help) return "";
  const { examples, codes = [], means } = help;
  const lines = examples.map(([line, what]) => `  accessmap ${line}\n      ${what}`);
  const credentials = isLive
    ? "\n\nCredentials come from the environment; `accessmap --help` lists the variables."
    : "";
  return `\nExamples:\n${lines.join("\n")}\n\n${describeCodes(["clean", ...codes, "usage"], means)}${credentials}`;
}

/** All exit codes, for the help of the program. */
export function helpOfCodes(): string {
  return `\n${describeCodes(Object.keys(EXIT) as Code[])}`;
}

/** As wide as the rest of the help: that of the terminal, else 80 columns. */
function describeCodes(codes: readonly Code[], means: Help["means"] = {}): string {
  const sorted = [...codes].sort((one, other) => EXIT[one] - EXIT[other]);
  const lines = sorted.map((code) => `${String(EXIT[code]).padStart(3)}  ${means[code] ?? EXIT_MEANING[code]}`);
  return ["Exit codes:", ...lines.map((line) => wrap(line, process.stdout.columns || 80))].join("\n");
}
