const rowsIn = (root: ParentNode): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('button[data-issue]')].filter((row) => row.offsetParent !== null);

/** Moves the focus among the issues of a list, whichever list it is: rows are buttons that carry `data-issue`. */
export class RowFocus {
  #last = 0;

  /** To the next (1) or previous (-1) row of `root`; from the chosen one, or from where a row just went away. */
  move(root: ParentNode, by: 1 | -1): void {
    const rows = rowsIn(root);
    const focused = rows.findIndex((row) => row === document.activeElement);
    const chosen = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
    const from = focused >= 0 ? focused : chosen;
    const to = from >= 0 ? from + by : by > 0 ? this.#last : this.#last - 1;
    this.#last = Math.min(rows.length - 1, Math.max(0, to));
    const next = rows[this.#last];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  /** The issue whose row has the focus. */
  focused(root: ParentNode): number | null {
    const row = rowsIn(root).find((one) => one === document.activeElement);
    return row ? Number(row.dataset['issue']) : null;
  }
}

/** Gives the focus back to the page. */
export function leaveFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
