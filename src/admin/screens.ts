import type { Component } from 'svelte';
import BaseScreen from './BaseScreen.svelte';
import CalendarScreen from './CalendarScreen.svelte';
import CategoryScreen from './CategoryScreen.svelte';
import CheckScreen from './CheckScreen.svelte';
import DutyScreen from './DutyScreen.svelte';
import HeldScreen from './held/HeldScreen.svelte';
import HistoryScreen from './HistoryScreen.svelte';
import HookScreen from './HookScreen.svelte';
import LateScreen from './LateScreen.svelte';
import UrgencyScreen from './UrgencyScreen.svelte';
import CodeScreen from './codes/CodeScreen.svelte';
import type { Section } from './sections.ts';

/** What is shown for each section. */
export const screens: Readonly<Record<Section, Component>> = {
  categories: CategoryScreen,
  duties: DutyScreen,
  urgencies: UrgencyScreen,
  calendar: CalendarScreen,
  codes: CodeScreen,
  held: HeldScreen,
  fields: LateScreen,
  labels: LateScreen,
  handover: LateScreen,
  hooks: HookScreen,
  bases: BaseScreen,
  history: HistoryScreen,
  exports: LateScreen,
  check: CheckScreen,
};
