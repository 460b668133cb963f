type View = 'inbox' | 'round';

const read = (): { view: View; yard: number | null } => {
  const params = new URL(location.href).searchParams;
  const yard = Number(params.get('yard'));
  return {
    view: params.get('view') === 'round' ? 'round' : 'inbox',
    yard: Number.isInteger(yard) && yard > 0 ? yard : null,
  };
};

/** What the desk shows, the issues or the quarterly round with one of its yards; kept in the address. */
export class DeskView {
  #now = $state.raw(read());

  get view(): View {
    return this.#now.view;
  }
  get yard(): number | null {
    return this.#now.yard;
  }

  /** Keeps up with Back and Forward; gives the function that ends it. */
  follow(): () => void {
    const follow = (): void => void (this.#now = read());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  go(view: View, yard: number | null = null): void {
    const address = view === 'inbox' ? '' : `?view=round${yard === null ? '' : `&yard=${yard}`}`;
    // From yard to yard Back leads to the list, not through all of them.
    const onward = view === 'round' && yard !== null && this.yard !== null;
    history[onward ? 'replaceState' : 'pushState'](null, '', location.pathname + address);
    this.#now = read();
  }

  /** Opens an issue on the desk, as a link to it would; Back returns here. */
  toIssue(issue: number): void {
    history.pushState(null, '', `${location.pathname}#${issue}`);
    dispatchEvent(new PopStateEvent('popstate'));
  }
}
