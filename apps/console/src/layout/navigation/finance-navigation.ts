import { IconReportMoney } from '@tabler/icons-react';
import type { NavigationSection } from './navigation-item.ts';

export const financeNavigation: NavigationSection = {
  title: 'Finance',
  items: [{ label: 'Trial balance', to: '/finance', icon: IconReportMoney }],
};
