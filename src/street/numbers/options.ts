import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { formatShare, share } from '../../core/numbers.ts';
import type { Numbers, OnTime } from '../../core/numbers.ts';
import type { Palette } from './palette.ts';
import { t } from './words.ts';

export type Option = ComposeOption<BarSeriesOption | GridComponentOption | TooltipComponentOption>;
export type Row = OnTime & { label: string };

/** A row of a chart of shares, in px: two lines of a long name fit. */
export const rowHeight = 38;

const base = ({ font, soft, surface, line, ink }: Palette): Option => ({
  textStyle: { fontFamily: font, fontSize: 13, color: soft },
  animation: false,
  tooltip: {
    // drawn, not HTML: names are never markup, and the page's policy allows no inline styles
    renderMode: 'richText',
    confine: true,
    backgroundColor: surface,
    borderColor: line,
    textStyle: { color: ink, fontFamily: font, fontSize: 13 },
  },
});

const saidOf = ({ label, on_time, decided }: Row): string =>
  t('numbers.said', { name: label, share: formatShare(share(on_time, decided)), onTime: on_time, decided });

/** Rows of bars, each a whole: what was in time, and what was not. `width`: of the chart, in px. */
export function sharesOption(rows: readonly Row[], width: number, palette: Palette): Option {
  const names = width < 420 ? 96 : 140;
  const digits = rows.reduce(
    (most, { on_time, decided }) => Math.max(most, `${on_time}/${decided}`.length),
    0,
  );
  const bar = (
    name: string,
    color: string,
    part: (row: Row) => number,
    radius: number[],
  ): BarSeriesOption => ({
    type: 'bar',
    name,
    stack: 'all',
    barWidth: 12,
    itemStyle: { color, borderColor: palette.surface, borderWidth: 1, borderRadius: radius },
    emphasis: { disabled: true },
    data: rows.map((row) => part(row) / row.decided),
  });
  const axis = {
    type: 'category',
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
  } as const;
  return {
    ...base(palette),
    tooltip: {
      ...base(palette).tooltip,
      trigger: 'item',
      formatter: (at) => {
        const row = rows[Array.isArray(at) ? 0 : at.dataIndex];
        return row ? saidOf(row) : '';
      },
    },
    grid: { left: names + 12, right: 46 + 22 + digits * 7, top: 0, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: [
      {
        ...axis,
        data: rows.map(({ label }) => label),
        axisLabel: {
          width: names,
          overflow: 'break',
          lineHeight: 16,
          align: 'left',
          margin: names + 12,
          color: palette.ink,
          interval: 0,
        },
      },
      {
        ...axis,
        position: 'right',
        data: rows.map(
          ({ on_time, decided }) =>
            `{share|${formatShare(share(on_time, decided))}}{of|${on_time}/${decided}}`,
        ),
        axisLabel: {
          interval: 0,
          margin: 10,
          rich: {
            share: { width: 46, align: 'right', color: palette.ink, fontWeight: 600, fontSize: 13 },
            of: { padding: [0, 0, 0, 8], color: palette.soft, fontSize: 12 },
          },
        },
      },
    ],
    series: [
      bar(t('numbers.inTime'), palette.indigo, ({ on_time }) => on_time, [3, 0, 0, 3]),
      bar(t('numbers.late'), palette.quiet, ({ on_time, decided }) => decided - on_time, [0, 3, 3, 0]),
    ],
  };
}

/** 11月16日 as 11/16: short enough for many weeks. */
const weekLabel = (week: string): string =>
  week
    .slice(5)
    .replace('-', '/')
    .replaceAll(/(^|\/)0/g, '$1');

/** Two bars a week: what came in, what was closed. */
export function weeksOption(weeks: Numbers['by_week'], width: number, palette: Palette): Option {
  const bar = (name: string, color: string, data: number[]): BarSeriesOption => ({
    type: 'bar',
    name,
    data,
    barMaxWidth: 22,
    barGap: '12%',
    itemStyle: { color, borderRadius: [3, 3, 0, 0] },
    emphasis: { disabled: true },
    // few enough to be read off without a pointer
    label: {
      show: weeks.length * 60 < width,
      position: 'top',
      color: palette.soft,
      fontSize: 12,
      distance: 4,
    },
  });
  return {
    ...base(palette),
    tooltip: {
      ...base(palette).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: (at) => {
        const week = weeks[(Array.isArray(at) ? at[0]?.dataIndex : at.dataIndex) ?? 0];
        return week ? t('numbers.saidWeek', { ...week, name: weekLabel(week.week) }) : '';
      },
    },
    grid: { left: 36, right: 4, top: 24, bottom: 28, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: weeks.map(({ week }) => weekLabel(week)),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.soft, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: palette.soft },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      bar(
        t('numbers.reported'),
        palette.quiet,
        weeks.map(({ reported }) => reported),
      ),
      bar(
        t('numbers.closedFigure'),
        palette.jade,
        weeks.map(({ closed }) => closed),
      ),
    ],
  };
}
