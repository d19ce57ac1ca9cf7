/** Rate limit buckets per endpoint. Current numbers stand only in an organization's own dashboard; these are of 2024. */

export const WINDOW_SECONDS = 60;

interface Bucket {
  readonly name: string;
  /** Requests per window. */
  readonly limit: number;
}

const BUCKETS: readonly (Bucket & { readonly path: RegExp })[] = [
  { path: /^\/api\/v1\/groups\/[^/]+\/users$/, name: "/api/v1/groups/{id}/users", limit: 1000 },
  { path: /^\/api\/v1\/groups\/[^/]+$/, name: "/api/v1/groups/{id}", limit: 1000 },
  { path: /^\/api\/v1\/groups$/, name: "/api/v1/groups", limit: 500 },
  { path: /^\/api\/v1\/users\/[^/]+$/, name: "/api/v1/users/{id}", limit: 2000 },
  { path: /^\/api\/v1\/users$/, name: "/api/v1/users", limit: 600 },
];

/** Paths without a bucket of their own share one. */
export function bucketOf(path: string): Bucket {
  return BUCKETS.find((bucket) => bucket.path.test(path)) ?? { name: "/api/v1", limit: 1200 };
}
