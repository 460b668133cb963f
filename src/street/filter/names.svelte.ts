import type { Category } from '../../core/category.ts';
import type { MapLabel } from '../../core/courtyard-facts.ts';
import type { IssueFilter, Near } from '../../core/filter/issue-filter.ts';
import { without } from '../../core/filter/mend.ts';
import { listCategories } from '../../data/categories.ts';
import type { MapPoints } from '../../core/map-points.ts';
import { readFacts, readPoints } from '../../data/map-facts.ts';
import { common } from '../../ui/common.ts';
import { language } from '../../ui/language.svelte.ts';
import type { Choice } from '../choice.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import { t } from './words.ts';

/** One condition in words, and the filter without it. */
export type Condition = { key: string; words: string; less: IssueFilter };

const list = (names: readonly string[]): string => names.join(language.now === 'en' ? ', ' : '、');
const inLanguage = ({ name, nameEn }: { name: string; nameEn: string | null }): string =>
  (language.now === 'en' ? nameEn : null) ?? name;

/** What the codes of a filter are called. Read when the filter is opened; until then codes stand for themselves. */
export class FilterNames {
  readonly #issues: LiveIssues;
  #categories = $state.raw<readonly Category[]>([]);
  #labels = $state.raw<readonly MapLabel[]>([]);
  #points = $state.raw<Pick<MapPoints, 'kinds' | 'resources' | 'hazards'> | null>(null);
  #failed = $state(false);

  constructor(issues: LiveIssues) {
    this.#issues = issues;
  }

  get categories(): readonly Category[] {
    return this.#categories;
  }
  get labels(): readonly MapLabel[] {
    return this.#labels;
  }
  get failed(): boolean {
    return this.#failed;
  }

  async read(topic: string): Promise<void> {
    const [categories, facts, points] = await Promise.allSettled([
      listCategories(),
      readFacts(topic),
      readPoints(topic),
    ]);
    if (points.status === 'fulfilled') this.#points = points.value;
    if (categories.status === 'fulfilled') this.#categories = categories.value;
    if (facts.status === 'fulfilled') this.#labels = facts.value.labelList;
    this.#failed = categories.status === 'rejected' || facts.status === 'rejected';
  }

  label(code: string): string {
    const label = this.#labels.find((one) => one.code === code);
    return label ? inLanguage(label) : code;
  }
  category(code: string): string {
    const category = this.#categories.find((one) => one.code === code);
    return category ? inLanguage({ name: category.name, nameEn: category.name_en }) : code;
  }
  community(id: number): string {
    return this.#issues.communities.find((one) => one.id === id)?.name ?? String(id);
  }

  /** Where something of the map stands; null while that is not known. */
  pointOf({ kind, id }: Choice): readonly [number, number] | null {
    if (kind === 'courtyard') return this.#issues.courtyards.get(id)?.point ?? null;
    if (kind === 'issue') {
      const issue = this.#issues.get(id);
      if (!issue) return null;
      return Number.isNaN(issue.lng) ? (issue.courtyard?.point ?? null) : [issue.lng, issue.lat];
    }
    const place = (kind === 'resource' ? this.#points?.resources : this.#points?.hazards)?.find(
      (one) => one.id === id,
    );
    return place ? [place.lng, place.lat] : null;
  }

  /** What one looks around, as far as it is still there. */
  spot({ kind, id }: Pick<Near, 'kind' | 'id'>): string {
    if (kind === 'place') return t('filter.place.spot.place');
    if (kind === 'courtyard')
      return this.#issues.courtyards.get(id ?? 0)?.name ?? t('filter.place.spot.gone');
    if (kind === 'issue') {
      const issue = this.#issues.get(id ?? 0);
      return issue ? t('filter.place.spot.issue', { number: issue.number }) : t('filter.place.spot.gone');
    }
    if (kind === 'resource') {
      return this.#points?.resources.find((one) => one.id === id)?.name ?? t('filter.place.spot.gone');
    }
    const hazard = this.#points?.hazards.find((one) => one.id === id);
    const named = hazard && this.#points?.kinds.get(hazard.kind);
    return named ? inLanguage(named) : t('filter.place.spot.gone');
  }

  /** The conditions of a filter in words; its text and its parts of the list stand in view anyway. */
  conditions(filter: IssueFilter): Condition[] {
    const { labels, states, late, age, categories, holders, communities, area, near } = filter;
    const found: Condition[] = [];
    const say = (key: string, words: string, less: IssueFilter): void =>
      void found.push({ key, words, less });
    for (const way of ['any', 'all', 'none'] as const) {
      if (labels[way].length === 0) continue;
      const name = list(labels[way].map((code) => this.label(code)));
      say(`labels ${way}`, t(`filter.sign.${way}`, { name }), {
        ...filter,
        labels: { ...labels, [way]: [] },
      });
    }
    if (states.length) {
      say('states', list(states.map((state) => common(`state.${state}`))), without(filter, 'states'));
    }
    if (late) say('late', t(`filter.late.${late}`), without(filter, 'late'));
    if (age.min !== null) {
      say('min', t('filter.age.from', { days: age.min }), { ...filter, age: { ...age, min: null } });
    }
    if (age.max !== null) {
      say('max', t('filter.age.to', { days: age.max }), { ...filter, age: { ...age, max: null } });
    }
    if (categories.length) {
      say('categories', list(categories.map((one) => this.category(one))), without(filter, 'categories'));
    }
    if (holders.length) say('holders', list(holders), without(filter, 'holders'));
    if (communities.length) {
      say('communities', list(communities.map((id) => this.community(id))), without(filter, 'communities'));
    }
    if (area) {
      const words =
        area.kind === 'circle'
          ? t('filter.place.area.circle', { metres: area.metres })
          : t('filter.place.area.polygon');
      say('area', words, without(filter, 'area'));
    }
    if (near) {
      const words = t('filter.place.spot', { name: this.spot(near), metres: near.metres });
      say('near', words, without(filter, 'near'));
    }
    return found;
  }
}
