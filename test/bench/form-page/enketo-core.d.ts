/** The part of Enketo Core the bench uses: it ships no types. */
declare module 'enketo-core' {
  export class Form {
    constructor(form: Element | null, data: { modelStr: string });
    init(): unknown[];
  }
}
