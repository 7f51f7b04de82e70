import { AccountFinders } from './account-finders.js';
import { ContentFinders } from './content-finders.js';
import { FindController } from './find.controller.js';
import { PeopleFinders } from './people-finders.js';
import { Things } from './things.js';

export const findControllers = [FindController];
export const findProviders = [Things, ContentFinders, AccountFinders, PeopleFinders];
