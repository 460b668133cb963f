const read = (): number | null => {
  const id = Number(location.hash.slice(1));
  return Number.isInteger(id) && id > 0 ? id : null;
};

/** Which issue is open, kept in the address (`#123`), so that Back closes it and a reload finds it again. */
export class Chosen {
  #id = $state(read());
  /** Issues opened from here that Back would close. */
  #pushed = 0;

  get id(): number | null {
    return this.#id;
  }

  /** Keeps up with Back and Forward; gives the function that ends it. */
  follow(): () => void {
    const follow = (): void => {
      this.#id = read();
      if (this.#id === null) this.#pushed = 0;
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  /** `push` lets Back return to the list; `replace` only moves on. */
  open(id: number, how: 'push' | 'replace'): void {
    const push = how === 'push' && this.#id === null;
    if (push) this.#pushed++;
    history[push ? 'pushState' : 'replaceState'](null, '', `#${id}`);
    this.#id = id;
  }

  leave(): void {
    if (this.#pushed > 0) history.back();
    else {
      history.replaceState(null, '', location.pathname);
      this.#id = null;
    }
  }
}
