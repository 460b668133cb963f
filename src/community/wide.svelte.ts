const query = matchMedia('(min-width: 60rem)');

class Wide {
  #now = $state(query.matches);

  /** List and issue stand side by side; otherwise the issue covers the list. */
  get now(): boolean {
    return this.#now;
  }

  /** Keeps `now` and the type's density true while the window changes. */
  follow(): void {
    const apply = (): void => {
      this.#now = query.matches;
      if (query.matches) document.documentElement.dataset['density'] = 'desk';
      else delete document.documentElement.dataset['density'];
    };
    query.addEventListener('change', apply);
    apply();
  }
}

export const wide = new Wide();
