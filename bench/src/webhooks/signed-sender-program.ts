import { randomBytes } from 'node:crypto';
import { OutgoingHttp } from '@imprest/outgoing-http';
import { schemesOf, signatureHeaders } from '@imprest/webhooks';
import { serve } from '../harness/serve.js';
import { type SendAnswer, type SendCommand, sendAll } from './send-loop.js';

/** The product's HTTP, guard and signatures, without queue, record and log of attempts. */
async function send(command: SendCommand): Promise<SendAnswer> {
  const http = new OutgoingHttp({ allowCidrs: ['127.0.0.0/8'], connections: command.atOnce });
  const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
  const schemes = schemesOf('xmode');
  const messageId = 'msg_47a7g9mdzs0f0ahn4xzfx7r6z0';
  const limits = { timeoutMs: 10_000, maxResponseBytes: 1_024 };
  const sent = await sendAll(command, async (body) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...signatureHeaders({ schemes, messageId, timestamp, body, secrets }),
    };
    const { url } = command;
    return (await http.request({ url, method: 'POST', headers, body, ...limits })).status;
  });
  await http.close();
  return sent;
}

serve<SendCommand, SendAnswer>({ sent: 0 }, send);
