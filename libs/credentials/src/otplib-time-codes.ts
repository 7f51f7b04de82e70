import type { TimeCodes } from '@imprest/application';
import { generateSecret, generateURI, verifySync } from 'otplib';

const STEP_SECONDS = 30;
const CODE = /^[0-9]{6}$/;

/** TOTP (RFC 6238) with SHA-1, six digits, 30 seconds: what every authenticator app can do. */
export class OtplibTimeCodes implements TimeCodes {
  newSecret(): string {
    return generateSecret({ length: 20 });
  }

  uri(secret: string, account: string, issuer: string): string {
    return generateURI({ secret, label: account, issuer });
  }

  stepOf(secret: string, code: string, now: Date): number | undefined {
    if (!CODE.test(code)) return undefined;
    const epoch = Math.floor(now.getTime() / 1000);
    const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS });
    return result.valid ? Math.floor(epoch / STEP_SECONDS) + result.delta : undefined;
  }
}
