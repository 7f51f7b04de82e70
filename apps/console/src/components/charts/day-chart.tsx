import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';

export interface DaySeries {
  /** Key of the value in each day. */
  readonly name: string;
  readonly label: string;
  /** Of the theme: `indigo.6`. */
  readonly color: string;
}

export interface DayChartProps {
  readonly kind: 'bar' | 'line';
  /** One for each day, with `day` and the values of the series. Figures to draw, not to reckon with. */
  readonly days: readonly Readonly<Record<string, string | number>>[];
  readonly series: readonly DaySeries[];
  readonly height?: number;
  /** Also its text for who cannot see it. */
  readonly label: string;
  readonly unit?: string;
}

/** Values by day. Loaded only where it is shown: see `DayChart` in lazy-chart.tsx. */
export default function DayChart({ kind, days, series, height = 220, label, unit }: DayChartProps) {
  const shared = {
    h: height,
    data: days.map((day) => ({ ...day })),
    dataKey: 'day',
    series: series.map((each) => ({ ...each })),
    withLegend: series.length > 1,
    tickLine: 'none' as const,
    gridAxis: 'x' as const,
    unit,
    yAxisProps: { allowDecimals: false },
  };
  return (
    <div role="img" aria-label={label}>
      {kind === 'bar' ? <BarChart {...shared} type="stacked" /> : <LineChart {...shared} />}
    </div>
  );
}
