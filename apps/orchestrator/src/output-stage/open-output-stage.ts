import { type Clock, OutputStage, PreviewStage } from '@imprest/application';
import { C2paSigner, type SigningCredential } from '@imprest/c2pa-signing';
import { SharpOutputDecoder } from '@imprest/output-inspection';
import { type Config, signingCredential } from '@imprest/platform';
import { sniffOutput } from '@imprest/provenance-marking';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { outputModerators } from './output-moderators.js';
import { ProvenanceMarks } from './provenance-marks.js';

/** The output stage with everything it works with, and the end of it. */
@Injectable()
export class OpenOutputStage implements OnModuleDestroy {
  private constructor(
    readonly stage: OutputStage,
    readonly previewStage: PreviewStage,
    private readonly closers: readonly { close(): Promise<void> }[],
  ) {}

  /** Loads neither the image library nor the signer: the first output does. @throws ConfigError */
  static async open(config: Config, clock: Clock, logger: Logger): Promise<OpenOutputStage> {
    const moderation = await outputModerators(config.moderation);
    const credential = signingCredential(config, clock.now());
    warn(config, credential, clock, logger);
    const signer = credential && new C2paSigner(credential);
    const { moderators } = moderation;
    const looks = { inspect: sniffOutput, decoder: new SharpOutputDecoder(), moderators };
    const stage = new OutputStage({ ...looks, marker: new ProvenanceMarks(signer) });
    const wanted = config.moderation.previews;
    // A signature vouches for what is delivered: previews say in XMP alone what made them.
    const marker = new ProvenanceMarks(undefined);
    const previewStage = new PreviewStage({ ...looks, marker, wanted });
    if (wanted && !previewStage.isOpen) {
      logger.info('previews are off: whoever knows outputs by their files cannot judge a preview');
    }
    const closers = signer === undefined ? [moderation] : [moderation, signer];
    return new OpenOutputStage(stage, previewStage, closers);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.closers.map((closer) => closer.close()));
  }
}

function warn(
  config: Config,
  credential: SigningCredential | undefined,
  clock: Clock,
  logger: Logger,
): void {
  if (credential === undefined) {
    logger.warn('C2PA is off: outputs say what made them in XMP alone, which nobody signs');
  } else if (credential.notAfter < clock.now()) {
    const expired = credential.notAfter.toISOString();
    logger.warn(`the certificate that signs outputs has expired on ${expired}`);
  } else if (config.contentCredentials === 'trial') {
    logger.info('outputs are signed with a certificate made for trials: it shows as untrusted');
  }
}
