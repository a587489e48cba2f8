import { exercises } from '$lib/exercises/site/catalogue.server';

export const load = () => ({ exercises });
