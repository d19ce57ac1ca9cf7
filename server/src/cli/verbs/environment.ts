/** The variables that commands look at, for `--help`. A test holds the list against what the code reads. */

/** Each group with its variables and what they hold; `a, b` belong together. */
export const ENVIRONMENT: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "to read a directory; each is sent to the origin that it is bound to, and to no other",
    [
      ["OKTA_CLIENT_ORGURL, OKTA_CLIENT_TOKEN", "an Okta organization and an API token"],
      ["OKTA_CLIENT_ORGURL, OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY", "the same with a service app"],
      ["OKTA_CLIENT_KEYID", "which key of the service app, if it has several"],
      ["AZURE_TENANT_ID, AZURE_CLIENT_ID", "an Entra application, with one of the next two"],
      ["AZURE_FEDERATED_TOKEN_FILE", "a file with a token of a workload identity"],
      ["AZURE_CLIENT_SECRET", "a secret of the application"],
      ["AZURE_AUTHORITY_HOST", "another cloud's sign-in, such as https://login.microsoftonline.us"],
      ["GOOGLE_APPLICATION_CREDENTIALS", "a file with the key of a Google service account"],
      [
        "ACCESSMAP_GOOGLE_SERVICE_ACCOUNT, ACCESSMAP_GOOGLE_ACCESS_TOKEN",
        "the account, and a token that may sign for it",
      ],
      ["ACCESSMAP_GOOGLE_ADMIN", "the one administrator whom the account may act for"],
      ["ACCESSMAP_TOKEN_<NAME>, ACCESSMAP_ORIGIN_<NAME>", "a ready-made token of any directory, and where it belongs"],
    ],
  ],
  [
    "to read Datadog, and to write to it",
    [
      ["DD_SITE, DD_API_KEY, DD_APP_KEY", "the site, and keys that may read"],
      ["ACCESSMAP_WRITE_DD_API_KEY, ACCESSMAP_WRITE_DD_APP_KEY", "keys that may write, for apply and undo"],
    ],
  ],
  [
    "to comment on a request",
    [
      ["GITHUB_TOKEN", "on GitHub, for GITHUB_API_URL alone"],
      ["GITLAB_TOKEN", "on GitLab, for CI_API_V4_URL alone"],
    ],
  ],
  [
    "for all commands",
    [
      ["HTTPS_PROXY, NO_PROXY, NODE_USE_ENV_PROXY", "a proxy; Node 22.21, 24 and newer take it where the last is 1"],
      ["NODE_EXTRA_CA_CERTS", "a file with certificates to trust besides Node's own"],
      ["NO_COLOR", "no colours"],
      ["ACCESSMAP_STORAGE", "where what was read is kept, instead of your cache folder"],
      ["ACCESSMAP_LOOPBACK", "a JSON object from real origins to a sandbox on this machine; nothing real is contacted"],
    ],
  ],
];

/** For the end of the program's help. */
export function helpOfEnvironment(): string {
  const groups = ENVIRONMENT.map(
    ([what, rows]) => `  ${what}:\n${rows.map(([names, holds]) => `    ${names}\n        ${holds}`).join("\n")}`,
  );
  return `\nEnvironment:\n${groups.join("\n")}`;
}
