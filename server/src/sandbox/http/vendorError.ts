/** An answer other than success, thrown by handlers; each system renders it in its own words. */

export class VendorError extends Error {
  readonly status: number;
  /** Vendor's own error code, e.g. Okta's `E0000007`. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, extra: { code?: string; headers?: Record<string, string> } = {}) {
    super(message);
    this.status = status;
    this.code = extra.code;
    this.headers = extra.headers ?? {};
  }
}
