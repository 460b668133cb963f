import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl';
import { mercatorX, mercatorY } from '../core/mercator.ts';
import { pinScale } from './pin-scale.ts';
import type { Sprite, SpriteAtlas } from './sprite-atlas.ts';

const vertexShader = `#version 300 es
uniform mat4 matrix;
uniform vec2 viewport;
uniform vec2 atlas;
uniform float zoomed;
in vec2 corner;
in vec2 place;
in vec4 box;
in vec4 part;
in float grows;
out vec2 at;
void main() {
  vec4 anchor = matrix * vec4(place, 0.0, 1.0);
  vec2 pixels = (box.xy + (corner - 0.5) * box.zw) * mix(1.0, zoomed, grows);
  anchor.xy += pixels * vec2(2.0, -2.0) / viewport * anchor.w;
  gl_Position = anchor;
  at = mix(part.xy, part.zw, corner) / atlas;
}`;

const fragmentShader = `#version 300 es
precision mediump float;
uniform sampler2D drawings;
in vec2 at;
out vec4 colour;
void main() {
  colour = texture(drawings, at);
}`;

/** Numbers a sprite takes: place (2), box (4), part of the atlas (4), whether it grows with the zoom. */
const stride = 11;
const attributes = [
  ['place', 2, 0],
  ['box', 4, 2],
  ['part', 4, 6],
  ['grows', 1, 10],
] as const;

type Ready = {
  program: WebGLProgram;
  vertices: WebGLVertexArrayObject;
  buffer: WebGLBuffer;
  uniform: (name: string) => WebGLUniformLocation | null;
};

/**
 * Drawings that stand upright at places of the map, in MapLibre's own context: what changed among them is one buffer
 * and one frame away from the screen, however many there are. The last one added lies on top.
 */
export class SpriteLayer implements CustomLayerInterface {
  readonly id: string;
  readonly type = 'custom';
  readonly #atlas: SpriteAtlas;
  #map: MapLibreMap | null = null;
  #ready: Ready | null = null;
  #numbers = new Float32Array(stride * 256);
  #count = 0;
  #stale = true;
  /** What places are counted from, so that single precision is enough for them. */
  #origin: readonly [x: number, y: number] | null = null;

  constructor(id: string, atlas: SpriteAtlas) {
    this.id = id;
    this.#atlas = atlas;
  }

  clear(): void {
    this.#count = 0;
    this.#stale = true;
  }

  /** A sprite at a place, its middle moved by so many CSS pixels; one that grows does so with the pins. */
  add(lng: number, lat: number, sprite: Sprite, dx = 0, dy = 0, grows = true): void {
    const [x, y] = [mercatorX(lng), mercatorY(lat)];
    this.#origin ??= [x, y];
    const at = this.#count * stride;
    if (at + stride > this.#numbers.length) {
      const wider = new Float32Array(this.#numbers.length * 2);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    const { width, height, x: left, y: top, right, bottom } = sprite;
    const numbers = [
      x - this.#origin[0],
      y - this.#origin[1],
      dx,
      dy,
      width,
      height,
      left,
      top,
      right,
      bottom,
    ];
    this.#numbers.set(numbers, at);
    this.#numbers[at + 10] = grows ? 1 : 0;
    this.#count++;
    this.#stale = true;
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#ready = prepare(gl);
    this.#stale = true;
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.#ready?.program ?? null);
    gl.deleteVertexArray(this.#ready?.vertices ?? null);
    gl.deleteBuffer(this.#ready?.buffer ?? null);
    this.#atlas.release(gl);
    this.#ready = null;
  }

  /** The graphics card was lost with everything on it; the layer is to be added again. */
  lost(): void {
    this.#ready = null;
    this.#atlas.release(null);
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    if (!this.#ready || !this.#map || !this.#origin || this.#count === 0) return;
    const { program, vertices, buffer, uniform } = this.#ready;
    gl.useProgram(program);
    gl.bindVertexArray(vertices);
    if (this.#stale) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.#numbers.subarray(0, this.#count * stride), gl.DYNAMIC_DRAW);
      this.#stale = false;
    }
    gl.activeTexture(gl.TEXTURE0);
    this.#atlas.bind(gl);
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    gl.uniformMatrix4fv(uniform('matrix'), false, moved(defaultProjectionData.mainMatrix, this.#origin));
    gl.uniform2f(uniform('viewport'), clientWidth, clientHeight);
    gl.uniform2f(uniform('atlas'), ...this.#atlas.size);
    gl.uniform1f(uniform('zoomed'), pinScale(this.#map.getZoom()));
    gl.uniform1i(uniform('drawings'), 0);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#count);
    gl.bindVertexArray(null);
  }
}

/** The matrix for places counted from `origin`, multiplied in double precision. */
function moved(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float32Array {
  const m = (at: number): number => matrix[at] ?? 0;
  return Float32Array.from({ length: 16 }, (_, at) =>
    at < 12 ? m(at) : m(at - 12) * x + m(at - 8) * y + m(at),
  );
}

function prepare(gl: WebGL2RenderingContext): Ready {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('The graphics context is lost.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  const vertices = gl.createVertexArray();
  const buffer = gl.createBuffer();
  const corners = gl.createBuffer();
  gl.bindVertexArray(vertices);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, 'corner');
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  for (const [name, size, offset] of attributes) {
    const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride * 4, offset * 4);
    gl.vertexAttribDivisor(at, 1);
  }
  gl.bindVertexArray(null);
  const places = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    vertices,
    buffer,
    uniform: (name) => {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
      return places.get(name) ?? null;
    },
  };
}
