import {
  EraseReferenceHandler,
  RecordReferenceConsentHandler,
  ReferenceViews,
  WithdrawReferenceConsentHandler,
} from '@imprest/application';
import { ConsentsController } from './consents.controller.js';
import { ReferencesController } from './references.controller.js';
import { Uploads } from './uploads.js';

export const referenceControllers = [ReferencesController, ConsentsController];

export const referenceProviders = [
  EraseReferenceHandler,
  RecordReferenceConsentHandler,
  ReferenceViews,
  Uploads,
  WithdrawReferenceConsentHandler,
];
