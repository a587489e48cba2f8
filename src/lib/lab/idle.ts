/** Work that can wait until a page has been loaded and nothing else is to be done, one piece after the other. */
type Work = () => Promise<void>;

const queue: Work[] = [];
let going = false;

/** A browser that never says that it is idle gets the work all the same, after this many ms. */
const AT_LATEST = 2000;

function idle(): Promise<void> {
	return new Promise((resolve) => {
		// Safari has no `requestIdleCallback`.
		if (typeof requestIdleCallback === 'function')
			requestIdleCallback(() => resolve(), { timeout: AT_LATEST });
		else setTimeout(resolve, 200);
	});
}

async function loaded(): Promise<void> {
	if (document.readyState === 'complete') return;
	await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}

async function go(): Promise<void> {
	going = true;
	await loaded();
	for (;;) {
		await idle();
		const work = queue.shift();
		if (!work) break;
		try {
			await work();
		} catch {
			// It was done ahead of need; who needs it will ask again, and tell.
		}
	}
	going = false;
}

/** Puts work in the queue; what it gives back takes it out again. */
export function whenIdle(work: Work): () => void {
	queue.push(work);
	if (!going) void go();
	return () => {
		const place = queue.indexOf(work);
		if (place >= 0) queue.splice(place, 1);
	};
}
