import { IconShieldHalf, IconTrashX } from '@tabler/icons-react';
import type { NavigationSection } from './navigation-item.ts';

export const moderationNavigation: NavigationSection = {
  title: 'Moderation',
  items: [
    { label: 'Queue', to: '/moderation', icon: IconShieldHalf, keywords: ['cases', 'review'] },
    {
      label: 'Takedowns',
      to: '/moderation/takedowns',
      icon: IconTrashX,
      keywords: ['erase', 'report', 'remove'],
    },
  ],
};
