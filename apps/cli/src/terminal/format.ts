const count = new Intl.NumberFormat('en');

/** `1,200,000` */
export const whole = (value: number | bigint): string => count.format(value);

/** `4 s`, `2 min 5 s`, `3 h 12 min` */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  const all = Math.ceil(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3_600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3_600)} h ${Math.floor((all % 3_600) / 60)} min`;
}

/** `2026-01-15 09:00:00.000`, UTC */
export const moment = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '');

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

/** Lines of a table as wide as its widest cells; the last column ends where its text ends. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return columns[at]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)];
}
