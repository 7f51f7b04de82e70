/** Pages of what a tenant makes, who for, who is told, and what it came to. */
export const tenantWorkRoutes: never[] = [];
