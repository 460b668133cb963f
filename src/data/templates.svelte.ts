import type { NewTemplate, Template, TemplateKeeper } from '../core/template.ts';
import { listTemplates, removeTemplate, saveTemplate } from './templates.ts';

/** The wordings a screen offers. Forms work without them, so a list that fails to load is simply empty. */
export class Templates implements TemplateKeeper {
  #all = $state.raw<Template[]>([]);

  get all(): Template[] {
    return this.#all;
  }

  /** Reads them again; keeps what is there when they cannot be read. */
  load = async (): Promise<void> => {
    this.#all = await listTemplates().catch(() => this.#all);
  };

  save = async (template: NewTemplate): Promise<void> => {
    const id = await saveTemplate(template);
    this.#all = [...this.#all, { ...template, id, version: 1, own: true }];
  };

  remove = async (id: number): Promise<void> => {
    await removeTemplate(id);
    this.#all = this.#all.filter((template) => template.id !== id);
  };
}
