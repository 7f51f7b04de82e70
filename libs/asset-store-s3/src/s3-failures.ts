import { S3ServiceException } from '@aws-sdk/client-s3';
import { AssetStoreUnavailable } from '@imprest/application';

/** What an operator has to put right, by the code of the service. */
const REMEDIES: Readonly<Record<string, string>> = {
  NoSuchBucket: 'the bucket does not exist',
  AccessDenied: 'the credentials may not do this; they need to list, read, write and delete',
  InvalidAccessKeyId: 'the service does not know the access key id',
  SignatureDoesNotMatch: 'the secret access key is wrong, or the clocks are apart',
  RequestTimeTooSkewed: 'the clocks of this machine and of the service are apart',
  PermanentRedirect: 'the bucket is in another region',
  AuthorizationHeaderMalformed: 'the bucket is in another region',
  ExpiredToken: 'the temporary credentials have expired',
  CredentialsProviderError: 'there are no credentials',
};

export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && code !== '' ? code : error.name;
}

/**
 * One sentence: what was tried where, what came back, and what to do about it if that is known. The
 * client's own error is not kept as its cause: it holds the request, and with it what signed the request.
 */
export function unavailable(what: string, where: string, error: unknown): AssetStoreUnavailable {
  const code = codeOf(error);
  const status = statusOf(error);
  const answer = status === undefined ? code : `${code}, HTTP ${status}`;
  const message = error instanceof Error ? error.message : String(error);
  const reason = REMEDIES[code] ?? (message === code || message === '' ? undefined : message);
  const tail = reason === undefined ? '' : `: ${reason}`;
  return new AssetStoreUnavailable(`${where} did not ${what} (${answer})${tail}`);
}
