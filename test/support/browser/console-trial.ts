import { BtcpayStub } from '@imprest/testkit';
import { ApiClient } from '../api-client.js';
import { ImprestProgram } from '../imprest-program.js';
import { LocalHttpServer } from '../local-http-server.js';
import { ConsoleBrowser } from './console-browser.js';

/** The program with open sign-up and a way to pay, somebody to receive webhooks, and a browser that looks at it. */
export class ConsoleTrial {
  private constructor(
    readonly program: ImprestProgram,
    readonly btcpay: BtcpayStub,
    readonly receiver: LocalHttpServer,
    readonly browser: ConsoleBrowser,
  ) {}

  static async start(): Promise<ConsoleTrial> {
    const [btcpay, receiver] = await Promise.all([
      BtcpayStub.start(() => new Date()),
      LocalHttpServer.start(),
    ]);
    const program = await ImprestProgram.create({
      IMPREST_SIGN_UP: 'open',
      BTCPAY_URL: btcpay.server.url,
      BTCPAY_STORE_ID: btcpay.storeId,
      BTCPAY_API_KEY: btcpay.apiKey,
      BTCPAY_WEBHOOK_SECRET: btcpay.webhookSecret,
      MANUAL_CREDIT_LIMIT: '1000',
      SIMULATOR_TRIAL_FAULTS: 'true',
    });
    await program.start();
    return new ConsoleTrial(program, btcpay, receiver, await ConsoleBrowser.launch(program.url));
  }

  get admin(): ApiClient {
    return new ApiClient(this.program.url, this.program.adminKey);
  }

  /** The link that the program prints when it starts; it signs the operator in once. */
  get operatorLink(): string {
    const [, link] = /(http\S+\/console\/sign-in\/link#\S+)/.exec(this.program.output) ?? [];
    if (link === undefined) throw new Error(`no sign-in link was printed:\n${this.program.output}`);
    return link;
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.program.dispose();
    await Promise.all([this.btcpay.close(), this.receiver.stop()]);
  }
}
