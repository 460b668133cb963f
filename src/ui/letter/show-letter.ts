import { mount, unmount } from 'svelte';
import LetterPreview from './LetterPreview.svelte';
import type { PrintedLetter } from './printed-letter.ts';

/** Shows a letter as it will be printed, over everything, until it is closed. */
export function showLetter(letter: PrintedLetter): void {
  const target = document.body.appendChild(document.createElement('div'));
  const preview = mount(LetterPreview, {
    target,
    props: {
      letter,
      onclose: () => {
        void unmount(preview);
        target.remove();
      },
    },
  });
}
