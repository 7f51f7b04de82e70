export interface RequestTemplate {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly body: string;
}

/** The request as bytes, once for each key: requests rotate over them. */
export function prebuiltRequests(
  { method, path, body }: RequestTemplate,
  keys: readonly string[],
): readonly Buffer[] {
  return keys.map((key) =>
    Buffer.from(
      `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
}

const prompt =
  'A quiet mountain lake at sunrise, mist over the water, pine forest on both shores, snow on the far ' +
  'peaks, a small wooden boat tied to a pier in the foreground, soft golden light, wide angle, fine ' +
  'detail in rocks and ripples, calm mood';

/** A POST /v1/generations as clients send it. */
export const generationRequest: RequestTemplate = {
  method: 'POST',
  path: '/v1/generations',
  body: JSON.stringify({
    endUserEmail: 'ada.lovelace@example.com',
    prompt,
    model: 'xSD4.5',
    size: '2K',
    aspectRatio: 'landscape',
    n: 1,
    seed: 20_240_817,
    guidanceScale: 7.5,
    responseFormat: 'url',
    sequential: 'disabled',
  }),
};

/** The same body, priced and answered without a fact: all of the product but what makes it accept. */
export const estimateRequest: RequestTemplate = {
  ...generationRequest,
  path: '/v1/generations/estimate',
};
