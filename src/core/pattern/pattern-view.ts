/** What of the patterns lies on the map, as it stands in the address under `pattern`. */
export type PatternView = {
  readonly layer: 'none' | 'heat' | 'hexagon';
  /** Of a hexagon, in metres. */
  readonly radius: number;
  /** Hot spots: of one cause each, of all causes together, or none marked. */
  readonly spots: 'none' | 'cause' | 'all';
};

export const radii = [30, 50, 80] as const;

export const noPatterns: PatternView = { layer: 'none', radius: 50, spots: 'none' };

/** How near to each other reports are that make a spot, in metres, and how many it takes. */
export const spotRules = { cause: { reach: 35, least: 5 }, all: { reach: 30, least: 9 } } as const;

/** `hexagon.50*spots.cause`; null when nothing is shown. */
export function patternToParam({ layer, radius, spots }: PatternView): string | null {
  const said = [
    ...(layer === 'hexagon' ? [`hexagon.${radius}`] : layer === 'heat' ? ['heat'] : []),
    ...(spots === 'none' ? [] : [`spots.${spots}`]),
  ];
  return said.length > 0 ? said.join('*') : null;
}

/** Reads the value of an address; what says nothing we know is left out. */
export function patternFromParam(text: string | null): PatternView {
  let view = noPatterns;
  for (const part of text ? text.split('*') : []) {
    const [key, value] = part.split('.');
    const radius = radii.find((one) => String(one) === value);
    if (key === 'heat') view = { ...view, layer: 'heat' };
    else if (key === 'hexagon' && radius) view = { ...view, layer: 'hexagon', radius };
    else if (key === 'spots' && (value === 'cause' || value === 'all')) view = { ...view, spots: value };
  }
  return view;
}
