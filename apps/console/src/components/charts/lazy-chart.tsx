import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { DayChartProps } from './day-chart.tsx';

const Drawn = lazy(() => import('./day-chart.tsx'));

/** Values by day; the charts are fetched when the first one is shown. */
export function DayChart(props: DayChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 220} />}>
      <Drawn {...props} />
    </Suspense>
  );
}
