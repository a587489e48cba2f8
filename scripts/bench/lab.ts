/**
 * How quick the Lab is in a long timeline, in a real browser whose processor is slowed four times: what a step forward,
 * a step back and a jump cost the main thread, and how many frames are dropped while it plays.
 *
 * The reader's keys and mouse go the way of real ones. A step's cost is the work of the main thread from the key press to
 * the end of its frame (see `main-thread.ts`): scripts, styles, layout and painting.
 */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findBrowser } from '../tools/browser.mjs';
import { listen, siteServer } from '../serve.mjs';
import { longScenario } from '../../src/routes/[lang=lang]/gallery/long/long-scenario';
import { runTimeline } from '../../src/lib/timeline/run';
import { workPerEvent } from './main-thread';

/** How many times the processor is slowed down. */
const SLOWED = 4;
const FLOWS = 1900;
const STEPS = 100;
/** Milliseconds of playing. */
const PLAYED = 10_000;
const FRAME = 1000 / 60;

/** Milliseconds of the main thread. */
export interface Work {
	readonly median: number;
	/** At the 95th percentile. */
	readonly most: number;
}

export interface LabFigures {
	readonly events: number;
	readonly stops: number;
	/** A key on a page that has one word, which changes: what this machine and its browser take for any step. */
	readonly word: Work;
	readonly forward: Work;
	readonly back: Work;
	readonly jump: Work;
	/** The same where the reader has scrolled on to the packet and the table. */
	readonly below: { readonly forward: Work; readonly jump: Work };
	/** Frames that were dropped while playing, of all that there should have been. */
	readonly dropped: number;
}

function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Long enough for a frame, too short for what waits until the reader rests. */
const PAUSE = 200;
/** The first ones are for the compiler. */
const WARM_UP = 10;

/** What something costs, done again and again. */
async function cost(
	browser: Browser,
	type: string,
	act: (turn: number) => Promise<void>
): Promise<Work> {
	for (let turn = 0; turn < WARM_UP; turn++) await act(turn);
	const works = await workPerEvent(browser, type, async () => {
		for (let turn = 0; turn < STEPS; turn++) await act(turn);
	});
	return { median: percentile(works, 0.5), most: percentile(works, 0.95) };
}

const ONE_WORD = `<!doctype html><title>One word</title><p>0</p><script>
	let steps = 0;
	addEventListener('keydown', () => (document.querySelector('p').textContent = ++steps));
</script>`;

async function oneWord(browser: Browser): Promise<Work> {
	const page = await browser.newPage();
	await page.route('http://one.word/', (route) =>
		route.fulfill({ contentType: 'text/html', body: ONE_WORD })
	);
	await page.goto('http://one.word/');
	await slowDown(page);
	const work = await cost(browser, 'keydown', () => press(page, 'ArrowRight'));
	await page.close();
	return work;
}

async function slowDown(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
}

async function press(page: Page, key: string): Promise<void> {
	await page.keyboard.press(key);
	await page.waitForTimeout(PAUSE);
}

/** Brings a part of the Lab to the window's upper edge; the Lab itself may have moved the page meanwhile. */
async function scrollTo(page: Page, part: string): Promise<void> {
	await page.locator(part).evaluate((element) => element.scrollIntoView({ block: 'start' }));
	await page.waitForTimeout(PAUSE);
}

/** Presses the mouse somewhere on the timeline. */
async function pressAt(page: Page, share: number): Promise<void> {
	const box = await page.locator('.lab input[type=range]').boundingBox();
	if (!box) throw new Error('the timeline is not on the screen');
	await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
	await page.waitForTimeout(PAUSE / 2);
	await page.mouse.down();
	await page.waitForTimeout(PAUSE / 2);
	await page.mouse.up();
}

/** The share of frames that did not come while the Lab played. */
async function droppedWhilePlaying(page: Page): Promise<number> {
	const select = page.locator('.lab .speed select');
	await select.selectOption({ index: 4 });
	await pressAt(page, 0.3);
	await page.locator('.lab button.play').click();
	const dropped = await page.evaluate(
		([time, frame]) =>
			new Promise<number>((resolve) => {
				const frames = {
					began: -1,
					last: 0,
					lost: 0,
					look(now: number): void {
						if (frames.began < 0) frames.began = now;
						else frames.lost += Math.max(0, Math.round((now - frames.last) / frame) - 1);
						frames.last = now;
						const lasted = now - frames.began;
						if (lasted < time) requestAnimationFrame((next) => frames.look(next));
						else resolve(frames.lost / Math.round(lasted / frame));
					}
				};
				requestAnimationFrame((now) => frames.look(now));
			}),
		[PLAYED, FRAME] as const
	);
	await page.locator('.lab button.play').click();
	return dropped;
}

/**
 * @param folder the built site
 * @returns `null` where there is no Chromium
 */
export async function measureLab(folder: string): Promise<LabFigures | null> {
	const executablePath = await findBrowser({ measured: true });
	if (!executablePath) return null;
	const { events } = runTimeline(longScenario(FLOWS));
	const server = siteServer({ folder });
	const port = await listen(server, 0, '127.0.0.1');
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	try {
		const word = await oneWord(browser);
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		await page.goto(`http://127.0.0.1:${port}/en/gallery/long/?flows=${FLOWS}`);
		const slider = page.locator('.lab input[type=range]');
		await slider.waitFor({ timeout: 120_000 });
		const stops = Number(await slider.getAttribute('max'));
		await slowDown(page);
		const random = generator(20261122);
		await pressAt(page, 0.5);
		await page.locator('.lab').focus();
		const stepping = (part: string, key: string) =>
			scrollTo(page, part).then(() => cost(browser, 'keydown', () => press(page, key)));
		const jumping = (part: string) =>
			cost(browser, 'input', async () => {
				await scrollTo(page, part);
				await pressAt(page, 0.02 + 0.96 * random());
			});
		const forward = await stepping('.lab', 'ArrowRight');
		const back = await stepping('.lab', 'ArrowLeft');
		const jump = await jumping('.lab');
		const below = {
			forward: await stepping('.lab .pair', 'ArrowRight'),
			jump: await jumping('.lab .pair')
		};
		await scrollTo(page, '.lab');
		const dropped = await droppedWhilePlaying(page);
		return { events: events.length, stops, word, forward, back, jump, below, dropped };
	} finally {
		await browser.close();
		server.closeAllConnections();
		server.close();
	}
}

/** Numbers from 0 to below 1, the same every time (mulberry32). */
function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let z = Math.imul(state ^ (state >>> 15), state | 1);
		z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
		return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
	};
}
