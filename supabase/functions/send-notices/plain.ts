/**
 * A name as one line of plain text. Line breaks and invisible characters go, so that no name looks like another line of the
 * message; an @ becomes a wide one, which calls nobody in the group.
 */
export function plain(value: string | null, width = 80): string {
  const text = (value ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replaceAll('@', '＠');
  const characters = [...text];
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
}
