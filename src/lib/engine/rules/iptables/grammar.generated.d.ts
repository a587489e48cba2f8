/** @throws an Error with `expected`, `found` and `location`, see `parse.ts`. */
export function parse(text: string, options?: Record<string, unknown>): unknown;
