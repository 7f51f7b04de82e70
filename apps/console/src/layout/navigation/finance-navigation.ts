import {
  IconBuildingBank,
  IconCalendarCheck,
  IconChartHistogram,
  IconCoins,
  IconFileExport,
  IconListDetails,
  IconReportMoney,
  IconReportSearch,
  IconRubberStamp,
  IconScale,
  IconStack2,
  IconWallet,
} from '@tabler/icons-react';
import type { NavigationSection } from './navigation-item.ts';

export const financeNavigation: NavigationSection = {
  title: 'Finance',
  items: [
    { label: 'Trial balance', to: '/finance', icon: IconScale, keywords: ['books', 'zero'] },
    { label: 'Accounts', to: '/finance/accounts', icon: IconListDetails, keywords: ['balances'] },
    { label: 'Entries', to: '/finance/entries', icon: IconReportMoney, keywords: ['journal'] },
    { label: 'Revenue', to: '/finance/revenue', icon: IconChartHistogram, keywords: ['month'] },
    { label: 'Lots', to: '/finance/lots', icon: IconStack2, keywords: ['open', 'purchased'] },
    {
      label: 'Months',
      to: '/finance/periods',
      icon: IconCalendarCheck,
      keywords: ['close', 'period'],
    },
    {
      label: 'Seals',
      to: '/finance/seals',
      icon: IconRubberStamp,
      keywords: ['verify', 'proof'],
    },
    {
      label: 'Findings',
      to: '/finance/findings',
      icon: IconReportSearch,
      keywords: ['reconciliation', 'audit'],
    },
    {
      label: 'Reviews',
      to: '/finance/reviews',
      icon: IconCoins,
      keywords: ['payments', 'decide', 'approve'],
    },
    {
      label: 'Top-ups',
      to: '/finance/top-ups',
      icon: IconWallet,
      keywords: ['payments', 'refunds'],
    },
    {
      label: 'Manual credit',
      to: '/finance/manual-credit',
      icon: IconBuildingBank,
      keywords: ['by hand', 'transfer'],
    },
    {
      label: 'Exports',
      to: '/finance/exports',
      icon: IconFileExport,
      keywords: ['hledger', 'beancount', 'csv', 'focus'],
    },
  ],
};
