import { IconActivity } from '@tabler/icons-react';
import type { NavigationSection } from './navigation-item.ts';

export const operationsNavigation: NavigationSection = {
  title: 'Operations',
  items: [{ label: 'Overview', to: '/operations', icon: IconActivity }],
};
