/** Requests and notifications beyond LSP. The client imports these types and names, and nothing else of the server. */

import type { ActingKey } from "../core/analysis/judgements/keys.ts";
import type { Question } from "../core/analysis/questions/question.ts";
import type { HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { type LongWork, requestNamed } from "./protocol/request.ts";

export * from "./protocol/adopt.ts";
export * from "./protocol/view.ts";

/** Server to client: perform one exchange with the credential named in the request. The server never holds a secret. */
export const exchangeRequest = requestNamed<ExchangeParams, ExchangeResult>("accessmap/exchange");
export type ExchangeParams = HttpRequest;
export type ExchangeResult = { readonly response: HttpResponse } | { readonly failure: Failure };

/** Client to server: read all live systems again. Answers when the refresh has ended. Cancelling stops the reads. */
export const refreshRequest = requestNamed<RefreshParams, null>("accessmap/refresh");
export interface RefreshParams {
  /** Only this project; all of the window without it. */
  readonly folder?: string;
  /** What made the client ask, for the log: `command`, `focus`. */
  readonly cause?: string;
}
/** Client to server: connections changed (signed in, out, trust granted); refresh follows by itself. */
export const connectionsChangedNotification = "accessmap/connectionsChanged";
export interface ConnectionsChangedParams {
  /** Present when trust was granted or taken since the start. */
  readonly trusted?: boolean;
}

/** Server to client: freshness of each system, after every change. Without systems: this project is gone. */
export const statusNotification = "accessmap/status";
export interface SystemStatus {
  readonly name: string;
  readonly kind: "directory" | "organization";
  readonly vendor: "okta" | "entra" | "google" | "scim" | "datadog";
  /** Origin that the connection's credential must be bound to, e.g. `https://acme.okta.com`. */
  readonly origin: string;
  /** Entra ID: the tenant. It binds the credential besides the origin, which is the same for all tenants. */
  readonly tenant?: string;
  /** Google Workspace: the customer, and the administrator whom a service account acts for. They bind as a tenant does. */
  readonly customer?: string;
  readonly admin?: string;
  readonly state: "fresh" | "stale" | "reading" | "failed" | "never";
  readonly asOf?: string;
  readonly failure?: Failure;
  /** Short account of what is known, e.g. `45 groups, 17 of them mapped`. */
  readonly summary?: string;
  /** Whom the credential in use acts as, where the system says so. */
  readonly identity?: Identity;
  /** When the committed snapshot was taken that answers instead of the system. */
  readonly snapshotAt?: string;
}
export interface Identity {
  readonly handle: string;
  /** Its keys and tokens that could be listed; the one in use is among them or could not be. */
  readonly keys: readonly ActingKey[];
}
export interface ProjectStatus {
  readonly folder: string;
  readonly systems: readonly SystemStatus[];
  readonly mappings: number;
}

/** Client to server: the status of every project of the window, once they are known. */
export const projectsRequest = requestNamed<object, ProjectsResult>("accessmap/projects");
export type ProjectsResult = readonly ProjectStatus[];

/**
 * Client to server: compute a plan for one organization from fresh reads. Fails with a message for people when live data
 * that a plan needs is missing. Progress is reported on `workDoneToken`.
 */
export const planRequest = requestNamed<PlanParams, PlanResult>("accessmap/plan");
export interface PlanParams extends LongWork {
  /** Organization name; may be left out when the window has one. */
  readonly organization?: string;
  /** Project folder; needed only when two projects of a window name an organization alike. */
  readonly folder?: string;
}
export interface PlanResult {
  readonly organization: string;
  readonly organizationTitle: string;
  /** The plan as a document for people. */
  readonly text: string;
  readonly fingerprint: string;
  readonly isEmpty: boolean;
  readonly isApplyable: boolean;
  /** Sentence with the numbers, for the confirmation. */
  readonly summary: string;
  /** Why apply would be refused, in words. */
  readonly refusals: readonly string[];
}

/** Client to server: perform exactly the plan with this fingerprint. Progress is reported on `workDoneToken`. */
export const applyRequest = requestNamed<ApplyParams, ApplyResult>("accessmap/apply");
export interface ApplyParams extends LongWork {
  readonly organization: string;
  readonly fingerprint: string;
  readonly folder?: string;
}
export interface ApplyResult {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: boolean;
  /** One or more sentences: the outcome, failures by name. */
  readonly message: string;
  readonly refused?: string;
  /** Path of the journal, where anything was begun. */
  readonly journal?: string;
  /** The outcome for the end of the plan's text, step by step where something is to be said. */
  readonly report: string;
}

/** Client to server: a question about access, answered from what is known now. Fails with words that say what to name instead. */
export const askRequest = requestNamed<AskParams, AskResult>("accessmap/ask");
export interface AskParams {
  readonly question: Question;
  /** Organization name; may be left out when the window has one. */
  readonly organization?: string;
  readonly folder?: string;
}
export interface AskResult {
  readonly title: string;
  /** The answer as a document for people. */
  readonly text: string;
}

/** Client to server: what a language model asks through one of the editor's tools; answers are cut to what the policy allows. */
export const toolRequest = requestNamed<ToolParams, ToolResult>("accessmap/tool");
export interface ToolParams {
  /** Name in `core/analysis/questions/tools.ts`. */
  readonly tool: string;
  readonly input: unknown;
}
export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
}

/** Client to server: delete what is kept of live systems on this disk. Answers with the paths of the files that are gone. */
export const purgeRequest = requestNamed<object, PurgeResult>("accessmap/purge");
export type PurgeResult = readonly string[];

/** Client to server: the manual page of a rule, as Markdown. Empty for a rule that does not exist. */
export const rulePageRequest = requestNamed<RulePageParams, RulePageResult>("accessmap/rulePage");
export interface RulePageParams {
  readonly rule: string;
}
export interface RulePageResult {
  readonly markdown?: string;
}

/** Names in the initialization options of the client. */
export interface InitializationOptions {
  /** HTTP goes through `accessmap/exchange`; without it the server uses `fetch` and the environment. */
  readonly exchange?: boolean;
  /** Folder for what is kept of this workspace's live systems. */
  readonly storage?: string;
  /** Folder that all windows of the editor share; `storage` without it. */
  readonly shared?: string;
  /** Where the client shows manual pages: a URI to put a rule's id and `.md` behind. Findings link nowhere without it. */
  readonly rulePages?: string;
  /** Commands of the client that lenses and actions may run; those of others stay text. */
  readonly commands?: readonly string[];
  /** Present and false in an untrusted workspace: no network at all. */
  readonly trusted?: boolean;
}
