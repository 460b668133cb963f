/** One line of the printed table. `asked`: what is to be reached, in words; '' where nothing is. */
export interface Figure {
  name: string;
  value: string;
  asked: string;
}

/** The figures as a Markdown table. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'measured', 'asked'],
    ['---', '---', '---'],
    ...figures.map((f) => [f.name, f.value, f.asked]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
export const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
