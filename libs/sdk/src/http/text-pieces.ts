/**
 * A body as text, as it comes in. Ends when the body does, or when nothing came for a while; leaving the
 * loop lets go of the connection.
 */
export async function* textPieces(
  body: ReadableStream<Uint8Array>,
  longestSilenceMs: number,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const letGo = () => void reader.cancel().catch(() => {});
  try {
    for (;;) {
      const timer = setTimeout(letGo, longestSilenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    letGo();
  }
}
