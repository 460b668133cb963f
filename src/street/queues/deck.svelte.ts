import type { Category } from '../../core/category.ts';
import type { ListedIssue } from '../../core/issue-list.ts';
import type { Department } from '../../core/issue.ts';
import { queued, standingReturns, workQueues } from '../../core/queues.ts';
import type { Return, WorkQueue } from '../../core/queues.ts';
import { listCategories } from '../../data/categories.ts';
import { listDepartments } from '../../data/departments.ts';
import { listReturns } from '../../data/queues.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Office } from '../office.ts';

/** The queues of an office: the live rows in their order, and what a row alone does not tell. */
export class Deck {
  readonly #office: Office;
  readonly #issues: LiveIssues;
  #returns = $state.raw<ReadonlyMap<number, Return>>(standingReturns([]));
  #categories = $state.raw<readonly Category[]>([]);
  departments = $state.raw<Department[]>([]);

  #all = $derived.by(() => queued(this.#issues.all, this.#office, this.#returns));
  #shown = $derived.by(() => {
    return queued(
      this.#issues.all.filter(({ id }) => this.#issues.fits(id)),
      this.#office,
      this.#returns,
    );
  });

  constructor(office: Office, issues: LiveIssues) {
    this.#office = office;
    this.#issues = issues;
  }

  /** A leader decides and verifies; what is dispatched is the staff's. */
  get names(): readonly WorkQueue[] {
    return this.#office.role === 'street_leader' ? ['decide', 'verify'] : workQueues;
  }

  /** What the filter lets through of a queue. */
  shown(queue: WorkQueue): readonly ListedIssue[] {
    return this.#shown[queue];
  }
  hidden(queue: WorkQueue): number {
    return this.#all[queue].length - this.#shown[queue].length;
  }

  /** Changes whenever an issue came to the street, left it or was moved there. */
  get stamp(): string {
    return this.#issues.all
      .filter((issue) => this.#office.holds(issue))
      .map(({ id, version }) => `${id}.${version}`)
      .join();
  }

  category(issue: ListedIssue): Category | null {
    return this.#categoryOf(issue.category);
  }
  returnOf(issue: ListedIssue): Return | null {
    return this.#returns.get(issue.id) ?? null;
  }
  department(id: number | null | undefined): Department | null {
    return this.departments.find((department) => department.id === id) ?? null;
  }

  /** The department that leads a category. */
  lead(category: string | null): number | null {
    return this.#categoryOf(category)?.department_id ?? null;
  }

  #categoryOf(code: string | null): Category | null {
    return this.#categories.find((category) => category.code === code) ?? null;
  }

  /** Reads what rarely changes; without an answer the rows stand without it. */
  async open(): Promise<void> {
    const [categories, departments] = await Promise.all([listCategories(), listDepartments()]).catch(
      () => [[], []] as [Category[], Department[]],
    );
    this.#categories = categories;
    this.departments = departments;
  }

  /** Reads anew what departments sent back. */
  async readReturns(): Promise<void> {
    this.#returns = await listReturns().catch(() => this.#returns);
  }
}
