/** A Lab's first picture as HTML, when a page is built. */
import type { Component, ComponentProps } from 'svelte';
import type Lab from './Lab.svelte';

type LabProps = ComponentProps<typeof Lab>;
type Draw = (props: LabProps, context: Map<unknown, unknown>) => string;

// Anything that is not nothing: what is there stays untouched.
let draw: Draw = () => ' ';

if (import.meta.env.SSR) {
	const [{ render }, { pageLab }] = await Promise.all([
		import('svelte/server'),
		import('./page-lab')
	]);
	draw = (props, context) => {
		const { body } = render(pageLab.Lab as Component<LabProps>, {
			props,
			context: context as Map<string, unknown>,
			// Ids of one Lab are not those of another on the same page.
			idPrefix: `lab${props.place ?? 1}-`
		});
		// A box of its own, so that its end is plain.
		return `<div>${body}</div>`;
	};
}

/** A blank in a browser, which has it in its page already. */
export const firstPicture: Draw = (props, context) => draw(props, context);
