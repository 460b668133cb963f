import * as v from 'valibot';

const restore = '_emscripten_stack_restore';
const Exports = v.pipe(
  v.object({
    emscripten_stack_get_current: v.custom<() => number>((value) => typeof value === 'function'),
    [restore]: v.custom<(to: number) => void>((value) => typeof value === 'function'),
  }),
  v.transform((found) => ({ position: found.emscripten_stack_get_current, restore: found[restore] })),
);

type Instantiate = (
  imports: WebAssembly.Imports,
  done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
) => object;

/**
 * The stack of PGlite's WebAssembly. A statement that PostgreSQL refuses leaves its frames there (PGlite 0.5.8 leaves the
 * C code by a JavaScript exception and does not unwind): after some 2,500 refusals every further one would answer
 * “stack depth limit exceeded” (54001). Between two statements nothing of theirs is needed, so the stack is put back to where it
 * stood when the database had opened.
 */
export class WasmStack {
  #exports: v.InferOutput<typeof Exports> | undefined;
  #ground: number | undefined;

  /** Wraps Emscripten's `instantiateWasm`, to get hold of the instance that it makes. */
  watch(instantiate: Instantiate): Instantiate {
    return (imports, done) =>
      instantiate(imports, (instance, module) => {
        this.#exports = v.parse(Exports, instance.exports);
        done(instance, module);
      });
  }

  /** Remembers where the stack stands now. To be called once, when no statement runs. */
  settle(): void {
    this.#ground = this.#exports?.position();
  }

  /** Puts the stack back. Only while no statement runs. */
  clear(): void {
    if (this.#ground !== undefined) this.#exports?.restore(this.#ground);
  }
}
