import {
  IconActivity,
  IconBuildingStore,
  IconCpu,
  IconHourglass,
  IconMailOff,
  IconParking,
  IconServer2,
} from '@tabler/icons-react';
import type { NavigationSection } from './navigation-item.ts';

export const operationsNavigation: NavigationSection = {
  title: 'Operations',
  items: [
    { label: 'Overview', to: '/operations', icon: IconActivity, keywords: ['live', 'health'] },
    {
      label: 'Workers',
      to: '/operations/workers',
      icon: IconServer2,
      keywords: ['cordon', 'drain'],
    },
    { label: 'Models', to: '/operations/models', icon: IconCpu, keywords: ['breaker', 'scaling'] },
    {
      label: 'Why it waits',
      to: '/operations/waiting',
      icon: IconHourglass,
      keywords: ['queue', 'stuck'],
    },
    {
      label: 'Dead letters',
      to: '/operations/dead-letters',
      icon: IconMailOff,
      keywords: ['redrive', 'failed'],
    },
    { label: 'Parked', to: '/operations/parked', icon: IconParking, keywords: ['retry', 'skip'] },
    {
      label: 'Tenants',
      to: '/operations/tenants',
      icon: IconBuildingStore,
      keywords: ['freeze', 'tier', 'share', 'limits'],
    },
  ],
};
