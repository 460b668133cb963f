import { Form } from 'enketo-core';

/** The resident's form, as Enketo Core would have it, with the widgets it brings; without its styles, which it leaves to its host. */
const fields = ['what', 'kind', 'photo', 'place', 'name', 'address', 'phone'];
const form = new Form(document.querySelector('form.or'), {
  modelStr: `<model><instance><report id="report">${fields.map((name) => `<${name}/>`).join('')}<meta><instanceID/></meta></report></instance></model>`,
});
const errors: unknown[] = form.init();
document.body.dataset['ready'] = String(errors.length);
