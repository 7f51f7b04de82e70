export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

export interface S3AssetStoreOptions {
  readonly bucket: string;
  /** Put before every key with a slash between, so that a bucket can be shared. */
  readonly prefix?: string;
  /** Base URL of a service that is not AWS. */
  readonly endpoint?: string;
  readonly region: string;
  /** `https://<endpoint>/<bucket>/…` rather than `https://<bucket>.<endpoint>/…`. Default: with an endpoint. */
  readonly pathStyle?: boolean;
  /** Absent: the chain of the AWS SDK (web identity, container, instance). */
  readonly credentials?: S3Credentials;
  /** Least time for a call with all its retries, 30,000 by default. Large blobs are given more. */
  readonly timeoutMs?: number;
  /** Attempts of a call, the first included; 4 by default. */
  readonly attempts?: number;
}

export const DEFAULT_TIMEOUT_MS = 30_000;
export const DEFAULT_ATTEMPTS = 4;
