/** The views of a Lab, in the order in which they stand. */
export const ALL_VIEWS = ['network', 'path', 'packet', 'table', 'rules'] as const;

export type ViewName = (typeof ALL_VIEWS)[number];
