import type { Courtyard } from '../data/resident.ts';

/** Writes the yard's name and address on the plaque, which is in the page before any script has run. */
export function hangPlaque(name: string, courtyard?: Courtyard): void {
  const write = (id: string, text: string) => {
    const element = document.getElementById(id);
    if (element && element.textContent !== text) element.textContent = text;
  };
  write('yard', name);
  write('address', courtyard?.address ?? '');
  write('offices', courtyard ? `${courtyard.community} · ${courtyard.street}` : '');
  document.title = name;
}
