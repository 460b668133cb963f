/** Keeps the type's density true to the window: the desk's where list and form stand side by side, else the phone's. */
export function followWidth(): void {
  const wide = matchMedia('(min-width: 60rem)');
  const apply = (): void => {
    if (wide.matches) document.documentElement.dataset['density'] = 'desk';
    else delete document.documentElement.dataset['density'];
  };
  wide.addEventListener('change', apply);
  apply();
}
