import { Agent, request } from 'undici';
import { serve } from '../harness/serve.js';

export interface SendCommand {
  readonly url: string;
  readonly requests: number;
  readonly bodyBytes: number;
  readonly atOnce: number;
}

export type SendAnswer = { readonly sent: number };

/** What undici can do when nobody asks what is sent, to whom, and what became of it. */
async function send({ url, requests, bodyBytes, atOnce }: SendCommand): Promise<SendAnswer> {
  const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
  const body = Buffer.alloc(bodyBytes, 'a');
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  let begun = 0;
  const lane = async () => {
    while (begun < requests) {
      begun += 1;
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher,
      });
      await answer.dump();
      if (statusCode !== 200) throw new Error(`the sink answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  await dispatcher.close();
  return { sent: requests };
}

serve<SendCommand, SendAnswer>({ sent: 0 }, send);
