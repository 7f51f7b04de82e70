import type { Answer } from './api-client.js';
import { ApiClient } from './api-client.js';

const SESSION = '/console/api/session';

/** Whatever a sign-in asks for. */
type Proof = Readonly<Record<string, string>>;

/** The token behind the `#` of a link that somebody was handed. */
export const tokenOfLink = (link: string): string => link.slice(link.indexOf('#') + 1);

/** A browser that has signed in, without its page: it sends what a browser would, by itself or for the page. */
export class ConsoleSession {
  private constructor(
    readonly url: string,
    /** As browsers send it. */
    readonly cookie: string,
    readonly csrfToken: string,
    readonly userId: string,
  ) {}

  static byLink(url: string, link: string): Promise<ConsoleSession> {
    return ConsoleSession.open(url, '/link', { token: tokenOfLink(link) });
  }

  static byInvitation(url: string, link: string): Promise<ConsoleSession> {
    const password = 'seven green bottles on a wall';
    return ConsoleSession.open(url, '/invitations', { token: tokenOfLink(link), password });
  }

  private static async open(url: string, path: string, proof: Proof): Promise<ConsoleSession> {
    const anybody = new ApiClient(url, undefined);
    const { status, headers, body } = await anybody.post(SESSION + path, proof, { origin: url });
    if (status !== 200) throw new Error(`not signed in: ${status} ${JSON.stringify(body)}`);
    const [cookie = ''] = (headers.get('set-cookie') ?? '').split(';');
    return new ConsoleSession(url, cookie, body.csrfToken, body.user.id);
  }

  /** @param path below /console/api */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = this.headers,
  ): Promise<Answer> {
    return new ApiClient(this.url, undefined).call(method, `/console/api${path}`, body, headers);
  }

  get headers(): Readonly<Record<string, string>> {
    return { cookie: this.cookie, 'x-csrf-token': this.csrfToken, origin: this.url };
  }
}
