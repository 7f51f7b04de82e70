import { randomBytes } from 'node:crypto';
import { OutgoingHttp } from '@imprest/outgoing-http';
import { schemesOf, signatureHeaders } from '@imprest/webhooks';
import type { SendCommand } from './send-loop.js';

/** The product's HTTP, guard and signatures, without queue, record and log of attempts. */
export class SignedPost {
  private readonly http: OutgoingHttp;
  private readonly secrets = [`whsec_${randomBytes(32).toString('base64')}`];
  private readonly schemes = schemesOf('xmode');

  constructor(private readonly command: SendCommand) {
    this.http = new OutgoingHttp({
      allowCidrs: ['127.0.0.0/8'],
      connections: command.atOnce,
    });
  }

  /** @returns the status */
  async send(body: Buffer): Promise<number> {
    const { schemes, secrets, command } = this;
    const messageId = 'msg_47a7g9mdzs0f0ahn4xzfx7r6z0';
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...signatureHeaders({ schemes, messageId, timestamp, body, secrets }),
    };
    const limits = { timeoutMs: 10_000, maxResponseBytes: 1_024 };
    const request = { url: command.url, method: 'POST', headers, body, ...limits } as const;
    return (await this.http.request(request)).status;
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
