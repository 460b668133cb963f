/** A drawing in the atlas: its size in CSS pixels, and where it lies there in pixels of the atlas. */
export type Sprite = { width: number; height: number; x: number; y: number; right: number; bottom: number };

type Draw = (pen: CanvasRenderingContext2D) => void;

/** Pixels between two drawings, so that none shows at the edge of another. */
const gap = 2;

/** Small drawings side by side on one canvas, each made when it is first needed; a texture is kept equal to it. */
export class SpriteAtlas {
  readonly #ratio: number;
  readonly #canvas = document.createElement('canvas');
  readonly #pen: CanvasRenderingContext2D;
  readonly #sprites = new Map<string, Sprite>();
  #fresh: Sprite[] = [];
  #texture: WebGLTexture | null = null;
  /** All of it has to go to the texture, not only what is fresh. */
  #whole = true;
  #next = { x: 0, y: 0, row: 0 };

  /** `ratio`: pixels of the atlas in one CSS pixel. */
  constructor(ratio: number) {
    this.#ratio = ratio;
    this.#canvas.width = this.#canvas.height = 512 * ratio;
    const pen = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) throw new Error('This browser gives no 2D canvas.');
    this.#pen = pen;
  }

  get size(): readonly [width: number, height: number] {
    return [this.#canvas.width, this.#canvas.height];
  }

  /** The drawing of that name; `draw` makes it around the origin, in CSS pixels, when it is not there yet. */
  need(name: string, width: number, height: number, draw: Draw): Sprite {
    const known = this.#sprites.get(name);
    if (known) return known;
    const [w, h] = [Math.ceil(width * this.#ratio), Math.ceil(height * this.#ratio)];
    const { x, y } = this.#room(w, h);
    const sprite = { width: w / this.#ratio, height: h / this.#ratio, x, y, right: x + w, bottom: y + h };
    this.#pen.setTransform(this.#ratio, 0, 0, this.#ratio, x + w / 2, y + h / 2);
    draw(this.#pen);
    this.#sprites.set(name, sprite);
    this.#fresh.push(sprite);
    return sprite;
  }

  /** Width of words in CSS pixels. */
  measure(words: string, font: string): number {
    this.#pen.font = font;
    return this.#pen.measureText(words).width;
  }

  /** Forgets every drawing: the next theme draws them otherwise. */
  clear(): void {
    this.#pen.resetTransform();
    this.#pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#sprites.clear();
    this.#whole = true;
    this.#next = { x: 0, y: 0, row: 0 };
  }

  /** Binds the texture, with all that was drawn since the last time. */
  bind(gl: WebGL2RenderingContext): void {
    this.#texture ??= gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    if (this.#whole) {
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.#canvas);
      this.#whole = false;
    } else {
      for (const { x, y, right, bottom } of this.#fresh) {
        const drawn = this.#pen.getImageData(x, y, right - x, bottom - y);
        gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, gl.RGBA, gl.UNSIGNED_BYTE, drawn);
      }
    }
    this.#fresh = [];
  }

  /** The texture is gone with its context, or is given back. */
  release(gl: WebGL2RenderingContext | null): void {
    gl?.deleteTexture(this.#texture);
    this.#texture = null;
    this.#whole = true;
  }

  /** Room for a drawing: rows from above, the canvas twice as high when it is full. */
  #room(width: number, height: number): { x: number; y: number } {
    if (this.#next.x + width > this.#canvas.width) {
      this.#next = { x: 0, y: this.#next.y + this.#next.row + gap, row: 0 };
    }
    if (this.#next.y + height > this.#canvas.height) {
      const before = this.#pen.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
      this.#canvas.height *= 2;
      this.#pen.putImageData(before, 0, 0);
      this.#whole = true;
    }
    const { x, y, row } = this.#next;
    this.#next = { x: x + width + gap, y, row: Math.max(row, height) };
    return { x, y };
  }
}
