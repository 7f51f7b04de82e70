import { ExternalSignIn } from '@imprest/application';
import { OidcController } from './oidc.controller.js';

export const oidcControllers = [OidcController];

export const oidcProviders = [ExternalSignIn];
