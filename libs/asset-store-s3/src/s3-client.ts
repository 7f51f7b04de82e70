import { S3Client } from '@aws-sdk/client-s3';
import { DEFAULT_ATTEMPTS, type S3AssetStoreOptions } from './s3-options.js';

const CONNECT_MS = 3_000;
/** A connection on which nothing moves for this long is given up. */
const IDLE_MS = 10_000;

/** A client of the SDK that speaks what every S3-compatible service understands. */
export function createS3Client(options: S3AssetStoreOptions): S3Client {
  const { endpoint, region, credentials, attempts = DEFAULT_ATTEMPTS } = options;
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    forcePathStyle: options.pathStyle ?? endpoint !== undefined,
    maxAttempts: attempts,
    retryMode: 'standard',
    // Checksums in trailers are a dialect of AWS: other services store them as part of the blob.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  });
}
