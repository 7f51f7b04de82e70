/**
 * A body as text, as it comes in. Ends when the body does, or when nothing came for a while; leaving the
 * loop lets go of the connection.
 *
 * @throws the signal's reason when it is aborted, whether or not the body heeds it
 */
export async function* textPieces(
  body: ReadableStream<Uint8Array>,
  longestSilenceMs: number,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const letGo = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', letGo);
  try {
    for (;;) {
      const timer = setTimeout(letGo, longestSilenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      signal?.throwIfAborted();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    signal?.removeEventListener('abort', letGo);
    letGo();
  }
}
