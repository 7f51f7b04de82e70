export { C2paSigner } from './c2pa-signer.js';
export { CredentialInvalid, SigningCredential } from './signing-credential.js';
export { newTrialCredential } from './trial-credential.js';
