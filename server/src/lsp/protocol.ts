/** Requests and notifications beyond LSP. The client imports these types and names, and nothing else of the server. */

import type { HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";

/** Server to client: perform one exchange with the credential named in the request. The server never holds a secret. */
export const exchangeRequest = "accessmap/exchange";
export type ExchangeParams = HttpRequest;
export type ExchangeResult = { readonly response: HttpResponse } | { readonly failure: Failure };

/** Client to server: read all live systems again. Answers when the refresh has ended. */
export const refreshRequest = "accessmap/refresh";
/** Client to server: connections changed (signed in, out, trust granted); refresh follows by itself. */
export const connectionsChangedNotification = "accessmap/connectionsChanged";

/** Server to client: freshness of each system, after every change. */
export const statusNotification = "accessmap/status";
export interface SystemStatus {
  readonly name: string;
  readonly kind: "directory" | "organization";
  readonly vendor: "okta" | "entra" | "google" | "scim" | "datadog";
  /** Origin that the connection's credential must be bound to, e.g. `https://acme.okta.com`. */
  readonly origin: string;
  readonly state: "fresh" | "stale" | "reading" | "failed" | "never";
  readonly asOf?: string;
  readonly failure?: Failure;
  /** Short account of what is known, e.g. `45 groups, 17 of them mapped`. */
  readonly summary?: string;
}
export interface ProjectStatus {
  readonly folder: string;
  readonly systems: readonly SystemStatus[];
  readonly mappings: number;
}

/** Client to server: compute a plan for one organization from fresh reads. */
export const planRequest = "accessmap/plan";
export interface PlanParams {
  /** Organization name; may be left out when the project has one. */
  readonly organization?: string;
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
export const applyRequest = "accessmap/apply";
export interface ApplyParams {
  readonly organization: string;
  readonly fingerprint: string;
  readonly workDoneToken?: string | number;
}
export interface ApplyResult {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: boolean;
  /** One or more sentences: the outcome, failures by name, where the journal is. */
  readonly message: string;
  readonly refused?: string;
}

/** Names in the initialization options of the client. */
export interface InitializationOptions {
  /** HTTP goes through `accessmap/exchange`; without it the server uses `fetch` and the environment. */
  readonly exchange?: boolean;
  /** Folder for snapshots and journals. */
  readonly storage?: string;
  /** Present and false in an untrusted workspace: no network at all. */
  readonly trusted?: boolean;
}
