export interface SendCommand {
  readonly url: string;
  readonly requests: number;
  readonly bodyBytes: number;
  readonly atOnce: number;
}

export type SendAnswer = { readonly sent: number };

/** @param post sends the body and answers the status */
export async function sendAll(
  { requests, bodyBytes, atOnce }: SendCommand,
  post: (body: Buffer) => Promise<number>,
): Promise<SendAnswer> {
  const body = Buffer.alloc(bodyBytes, 'a');
  let begun = 0;
  const lane = async () => {
    while (begun < requests) {
      begun += 1;
      const status = await post(body);
      if (status !== 200) throw new Error(`the sink answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { sent: requests };
}
