import {
  IconActivity,
  IconBuildingStore,
  IconCpu,
  IconDatabaseCog,
  IconGavel,
  IconHourglass,
  IconListSearch,
  IconMailOff,
  IconParking,
  IconRoute,
  IconServer2,
  IconStack3,
  IconTag,
  IconUserCog,
} from '@tabler/icons-react';
import type { NavigationItem, NavigationSection } from './navigation-item.ts';

const at = (path: string) => `/operations/${path}`;

export const operationsNavigation: NavigationSection = {
  title: 'Operations',
  items: [
    { label: 'Overview', to: '/operations', icon: IconActivity, keywords: ['live', 'health'] },
    { label: 'Queue', to: at('queue'), icon: IconStack3, keywords: ['fair share'] },
    { label: 'Workers', to: at('workers'), icon: IconServer2, keywords: ['cordon', 'drain'] },
    { label: 'Models', to: at('models'), icon: IconCpu, keywords: ['breaker', 'scaling'] },
    { label: 'Why it waits', to: at('waiting'), icon: IconHourglass, keywords: ['stuck'] },
    { label: 'Dead letters', to: at('dead-letters'), icon: IconMailOff, keywords: ['redrive'] },
    { label: 'Parked', to: at('parked'), icon: IconParking, keywords: ['retry', 'skip'] },
    {
      label: 'Projections',
      to: at('projections'),
      icon: IconDatabaseCog,
      keywords: ['lag', 'rebuild', 'diff', 'switch'],
    },
    { label: 'Events', to: at('events'), icon: IconListSearch, keywords: ['stream', 'category'] },
    { label: 'Traces', to: at('traces'), icon: IconRoute, keywords: ['correlation', 'request'] },
    {
      label: 'Tenants',
      to: at('tenants'),
      icon: IconBuildingStore,
      keywords: ['freeze', 'tier', 'share', 'limits'],
    },
    { label: 'Price book', to: at('price-book'), icon: IconTag, keywords: ['prices', 'packages'] },
    { label: 'Audit', to: at('audit'), icon: IconGavel, keywords: ['who', 'reason'] },
  ],
};

/** For operators with the role owner. */
export const ownersItems: readonly NavigationItem[] = [
  { label: 'Users', to: at('users'), icon: IconUserCog, keywords: ['operators', 'roles'] },
];
