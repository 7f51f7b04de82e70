import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';

/** An answer began and did not come whole. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** The whole body of an answer. @throws BrokenOff when it does not come whole or the signal comes first */
export async function collect(
  { Body, ContentLength }: Pick<GetObjectCommandOutput, 'Body' | 'ContentLength'>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (Body === undefined) return new Uint8Array();
  const stop = () => {
    (Body as { destroy?(error: Error): void }).destroy?.(new BrokenOff('no time left'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const bytes = await Body.transformToByteArray();
    if (ContentLength !== undefined && bytes.length !== ContentLength) {
      throw new BrokenOff(`${bytes.length} of ${ContentLength} bytes came`);
    }
    return bytes;
  } catch (error) {
    throw error instanceof BrokenOff ? error : new BrokenOff(String(error));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
