import { Agent, request } from 'undici';
import { serve } from '../harness/serve.js';
import { type SendAnswer, type SendCommand, sendAll } from './send-loop.js';

/** What undici can do when nobody asks what is sent, to whom, and what became of it. */
async function send(command: SendCommand): Promise<SendAnswer> {
  const dispatcher = new Agent({ connections: command.atOnce, pipelining: 1 });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const options = { method: 'POST', headers, dispatcher } as const;
  const sent = await sendAll(command, async (body) => {
    const { statusCode, body: answer } = await request(command.url, { ...options, body });
    await answer.dump();
    return statusCode;
  });
  await dispatcher.close();
  return sent;
}

serve<SendCommand, SendAnswer>({ sent: 0 }, send);
