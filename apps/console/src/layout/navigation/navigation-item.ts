import type { ComponentType } from 'react';
import type { TenantRole } from '../../session/session.ts';

/** An entry of the navigation and of the command palette. */
export interface NavigationItem {
  readonly label: string;
  /** Address of the page, without the base of the console. */
  readonly to: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Further words that find it. */
  readonly keywords?: readonly string[];
}

/** An entry for members with certain roles; owners see all. */
export interface TenantNavigationItem extends NavigationItem {
  readonly roles?: readonly TenantRole[];
}

export interface NavigationSection {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}
