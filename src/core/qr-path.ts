/** A QR code as one SVG path, with the quiet zone of four modules that cameras need. */
export interface QrDrawing {
  /** Side of the square viewBox, in modules. */
  box: number;
  path: string;
}

const quiet = 4;

/** Draws `size` × `size` modules; those of a row that touch become one run. */
export function qrPath(size: number, dark: (row: number, column: number) => boolean): QrDrawing {
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && dark(row, column)) column++;
      if (column > from) path += `M${from + quiet} ${row + quiet}h${column - from}v1h-${column - from}z`;
    }
  }
  return { box: size + 2 * quiet, path };
}
